// What the engine does for whoever speaks a protocol with front ends: it compiles and runs cells, and answers questions
// about code. It knows no network and no notebook format. `createEngine` makes one.
import type { CellError, MimeBundle, OutputMessage } from "../messages.js";

export interface CellEngine {
  /**
   * Loads the compiler and its libraries, so that the first cell is as fast as the others. Optional; blocks.
   */
  warmUp(): void;

  /**
   * Compiles and runs one cell; one at a time. `onEnd` is called once: when the cell and what it awaits have ended, when it
   * failed (a type error: before any side effect), or from within {@link interrupt}. It is a plain callback, since stopping
   * a loop may lose whatever waits in the queue of microtasks.
   */
  execute(cell: CellRequest, onEnd: (end: CellEnd) => void): void;

  /**
   * The running cell ends now, as an error `Interrupted`: what it awaits is given up and its timers are cleared.
   * Names that it had declared stay. Without a running cell nothing happens.
   * A loop that holds the thread must have been stopped before, from outside: see kernel/protocol/interrupt.ts.
   */
  interrupt(): void;

  /** What could stand at `cursor` (in UTF-16 units) of `code`. */
  complete(code: string, cursor: number): Completion;

  /** Type and documentation of what stands at `cursor`; undefined when nothing is known. */
  inspect(code: string, cursor: number): MimeBundle | undefined;

  /** Whether `code` is a whole cell, for front ends where Enter runs it. */
  isComplete(code: string): { readonly status: "complete" | "incomplete" | "invalid"; readonly indent: string };
}

export interface CellRequest {
  readonly code: string;
  /** The execution count, from 1: tracebacks say `cell 3`. Two executions may share one (silent ones do). */
  readonly count: number;
  /** Outputs of this execution, however late they come, are reported under this id. */
  readonly id: string;
  /** Do not show the value of the last expression, and do not keep the cell's names. */
  readonly silent?: boolean;
}

export type CellEnd = { readonly status: "ok" } | { readonly status: "error"; readonly error: CellError };

export interface Completion {
  readonly matches: readonly CompletionItem[];
  /** The text between these offsets of the code is what a match replaces. */
  readonly start: number;
  readonly end: number;
}

export interface CompletionItem {
  readonly text: string;
  /** TypeScript's word for it: `function`, `const`, `method`, `class`, `keyword` … */
  readonly kind: string;
  /** Its type in one line, where that is cheap to know. */
  readonly signature?: string;
}

/** What the engine asks of its surroundings. All are called on the thread that runs the cells. */
export interface EngineHost {
  /** The notebook's folder, absolute: imports are found from there. It may disappear while cells run. */
  readonly folder: string;
  /**
   * An output, for the execution `id` that caused it: the async context tells which; where it cannot be known, the running
   * one, else the last. An `error` here came outside the cell's own flow, after its end: an unhandled rejection, a throw in
   * a timer. While the cell still runs, such a fault ends it instead.
   */
  onOutput(id: string, output: OutputMessage): void;
  /** Blocks until the user has answered (`prompt()`); throws when the front end cannot ask. */
  readInput(id: string, question: { readonly prompt: string; readonly password: boolean }): string;
  /** Told before code of the notebook may run, and when it no longer does: only in between may the thread be interrupted. */
  onUserCode(running: boolean): void;
}
