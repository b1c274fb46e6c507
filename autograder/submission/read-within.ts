// Reading what was handed in within a time, so that no file holds up a class or changes how the next one is read.
import ts from "typescript";
import { forgetReferences } from "./references.js";
import { forgetTrees } from "./statements.js";
import { withinTime } from "./within-time.js";

/** A hand-in is read in a few hundredths of a second; meanwhile nothing else is done. */
export const longestReadingMs = 10_000;

/** Undefined where `read` is not done by then. Throws what it throws. */
export function readWithin<Result extends object>(limitMs: number, read: () => Result): Result | undefined {
  const found = withinTime(limitMs, read);
  if (found === undefined) startAfresh();
  return found;
}

/** The same for several readings of one hand-in, which share a time. */
export class ReadingTime {
  #leftMs: number;

  constructor(leftMs: number) {
    this.#leftMs = leftMs;
  }

  /** Undefined where `read` is not done within what is left. Throws what it throws. */
  read<Result extends object>(read: () => Result): Result | undefined {
    if (this.#leftMs <= 0) return undefined;
    const before = performance.now();
    try {
      return readWithin(this.#leftMs, read);
    } finally {
      this.#leftMs -= performance.now() - before;
    }
  }
}

/**
 * TypeScript's parser and binder keep what they are doing in variables that only a text read to its end clears; a tree whose
 * names are half bound would stay so.
 */
function startAfresh(): void {
  forgetTrees();
  forgetReferences();
  ts.transpileModule("", {});
}
