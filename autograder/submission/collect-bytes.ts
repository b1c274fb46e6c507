// The bytes of a file as they come, from the disk or out of an archive: little is kept, however big it is.
import { closeSync, openSync, readSync } from "node:fs";
import { IntakeError } from "./intake-error.js";
import { hasConflict } from "./merge-conflict.js";
import { tooBig } from "./messages.fr.js";
import { createOutputFilter, type OutputFilter } from "./without-outputs.js";
import { isNotebookName } from "./work-names.js";

export interface Collector {
  /**
   * Copies what it keeps: the chunk will hold the bytes that come next.
   * @throws IntakeError when it becomes too much
   */
  push(chunk: Uint8Array): void;
  end(): Uint8Array;
}

/** What is kept of one file. */
const maxKeptMb = 8;
/** What is read of one file: a second or two. */
const maxFileMb = 500;

/** Collects a notebook without its outputs, or another file whole. */
export function collectorFor(name: string): Collector {
  return isNotebookName(name) ? notebookCollector() : wholeCollector(maxKeptMb, tooBig);
}

/** @throws IntakeError when it is more than `limitMb` */
export function wholeCollector(limitMb: number, explain: (limitMb: number) => string): Collector {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    push(chunk) {
      size += chunk.length;
      if (size > limitMb * 2 ** 20) throw new IntakeError(explain(limitMb));
      chunks.push(Buffer.from(chunk));
    },
    end: () => Buffer.concat(chunks),
  };
}

/** One for all files: a megabyte for each takes longer to come by than to read. */
const buffer = Buffer.allocUnsafe(2 ** 20);

/** @throws IntakeError; what `fs` throws */
export function collectFile(path: string, collector: Collector): Uint8Array {
  const file = openSync(path, "r");
  try {
    for (let length = -1; length !== 0; ) {
      length = readSync(file, buffer);
      if (length > 0) collector.push(buffer.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
  return collector.end();
}

const joined = (chunks: readonly Buffer[]): Buffer => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));

/** Outputs are dropped on the way, except from a notebook where git left both versions: those are parted as text. */
function notebookCollector(): Collector {
  let whole: Buffer[] = [];
  let filter: OutputFilter | undefined;
  let size = 0;
  const startFilter = (): OutputFilter => {
    const started = createOutputFilter(maxKeptMb * 2 ** 20);
    for (const chunk of whole) started.push(chunk);
    whole = [];
    return started;
  };
  return {
    push(chunk) {
      size += chunk.length;
      if (size > maxFileMb * 2 ** 20) throw new IntakeError(tooBig(maxFileMb));
      if (filter === undefined) whole.push(Buffer.from(chunk));
      else filter.push(chunk);
      if (filter === undefined && size > maxKeptMb * 2 ** 20) filter = startFilter();
    },
    end() {
      const text = filter === undefined ? joined(whole) : undefined;
      return text !== undefined && hasConflict(text) ? text : (filter ?? startFilter()).end();
    },
  };
}
