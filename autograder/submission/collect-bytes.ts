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

/** Collects a notebook without its outputs, or another file whole: where the name leaves it open, the content decides. */
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

/**
 * By its first key: a block of TypeScript may begin with a string, but no colon follows it. Blanks of which there are more
 * than anyone writes make it other text, which costs nothing but room.
 */
const isJsonObject = (bytes: Buffer): boolean =>
  /^(?:\xef\xbb\xbf)?\s*\{\s*"[^"\\\n]*"\s*:/.test(bytes.toString("latin1", 0, 4_096));

/**
 * Outputs are dropped on the way, except from a notebook where git left both versions: those are parted as text. What is no
 * JSON may be code, whatever its name, and is kept to the letter.
 */
function notebookCollector(): Collector {
  let whole: Buffer[] = [];
  let filter: OutputFilter | undefined;
  let size = 0;
  const filterFrom = (start: Buffer): OutputFilter => {
    const started = createOutputFilter(maxKeptMb * 2 ** 20);
    started.push(start);
    whole = [];
    return started;
  };
  const startLarge = (start: Buffer): OutputFilter => {
    if (!isJsonObject(start)) throw new IntakeError(tooBig(maxKeptMb));
    return filterFrom(start);
  };
  return {
    push(chunk) {
      size += chunk.length;
      if (size > maxFileMb * 2 ** 20) throw new IntakeError(tooBig(maxFileMb));
      if (filter === undefined) whole.push(Buffer.from(chunk));
      else filter.push(chunk);
      if (filter === undefined && size > maxKeptMb * 2 ** 20) filter = startLarge(joined(whole));
    },
    end() {
      if (filter !== undefined) return filter.end();
      const text = joined(whole);
      return hasConflict(text) || !isJsonObject(text) ? text : filterFrom(text).end();
    },
  };
}
