// What a run has found so far, on the disk at once: a killed run goes on where it stopped, a later one grades what changed.
// One line of JSON a submission; the seed, which is secret, in the first one.
import { randomInt } from "node:crypto";
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { StaffReport } from "../../autograder/judge/verdict.js";
import { makeFolder, writeAtomically } from "../../kernel/client/write-atomically.js";
import { throwDiskFault } from "./disk-fault.js";
import { lockName } from "./run-lock.js";

/** In the folder of a report. */
export const journalFolder = "journal";
const fileName = "graded.jsonl";

/** Fingerprints, by name, of all that a result depends on. */
export type Causes = Readonly<Record<string, string>>;

export interface Entry {
  readonly student: string;
  readonly causes: Causes;
  readonly staff: StaffReport;
}

export interface Journal {
  readonly seed: number;
  /** Of earlier runs; the latest of each student. */
  readonly earlier: ReadonlyMap<string, Entry>;
  /** Nothing once it is closed: of processes that an interrupt ended, nobody's mark may come. */
  add(entry: Entry): void;
  /** Safe to call twice. */
  close(): void;
}

export interface JournalOptions {
  readonly tp: string;
  /** That of the earlier run, or one drawn at random, unless told. */
  readonly seed?: number | undefined;
  /** Forget what earlier runs found. */
  readonly fresh?: boolean;
}

/** Makes the journal's folder, closed to others where the system knows it, and that of the report. */
export function makeJournalFolder(report: string): string {
  const folder = join(report, journalFolder);
  makeFolder(dirname(report));
  for (const one of [report, folder]) if (!existsSync(one)) mkdirSync(one, { mode: 0o700 });
  return folder;
}

/** Also that of a run which was killed before it wrote a line. */
export const holdsJournal = (report: string): boolean =>
  [fileName, lockName].some((name) => existsSync(join(report, journalFolder, name)));

export function openJournal(folder: string, { tp, seed, fresh = false }: JournalOptions): Journal {
  const path = join(folder, fileName);
  const known = fresh ? undefined : readJournal(path, tp);
  const header = { format: 1, tp, seed: seed ?? known?.seed ?? randomInt(2 ** 48 - 1) };
  // Written anew, so that what a killed run left of its last line is gone, and what has been replaced.
  const lines = [...(known?.entries.values() ?? [])].map(({ line }) => line);
  writeAtomically(path, Buffer.concat([toLine(header), ...lines]));
  const descriptor = openSync(path, "a");
  let isOpen = true;
  return {
    seed: header.seed,
    earlier: new Map([...(known?.entries ?? [])].map(([student, { entry }]) => [student, entry])),
    add(entry) {
      if (isOpen) append(descriptor, toLine(entry));
    },
    close() {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    },
  };
}

const toLine = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/** The system keeps what a killed process wrote: nothing waits for the disk. */
function append(descriptor: number, line: Buffer): void {
  try {
    appendFileSync(descriptor, line);
  } catch (error) {
    throwDiskFault(error, "the journal cannot be written");
  }
}

interface Known {
  readonly seed: number;
  readonly entries: ReadonlyMap<string, { readonly entry: Entry; readonly line: Buffer }>;
}

/** Undefined when it is none, or that of another TP. A line that was cut by a kill is passed over. */
function readJournal(path: string, tp: string): Known | undefined {
  if (!existsSync(path)) return undefined;
  const [first, ...lines] = linesOf(readFileSync(path));
  const header = first === undefined ? undefined : headerLine.safeParse(parse(first));
  if (header?.success !== true || header.data.tp !== tp) return undefined;
  const entries = new Map<string, { entry: Entry; line: Buffer }>();
  for (const line of lines) {
    const entry = parse(line);
    if (isEntry(entry)) entries.set(entry.student, { entry, line });
  }
  return { seed: header.data.seed, entries };
}

const headerLine = z.object({ format: z.literal(1), tp: z.string(), seed: z.int() });

/** With their ends; of a class of ten thousand, the whole is too long for one string. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let end = bytes.indexOf("\n"); end >= 0; end = bytes.indexOf("\n", from)) {
    lines.push(bytes.subarray(from, end + 1));
    from = end + 1;
  }
  return lines;
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString());
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  const { student, causes, staff } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof student === "string" && typeof causes === "object" && typeof staff === "object" && staff !== null;
}
