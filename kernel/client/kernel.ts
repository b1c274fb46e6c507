// What a kernel is to whoever runs a notebook: it executes code, can be interrupted, and ends.
// The messages are Jupyter's; how they travel is each kernel's own affair.

import type { MimeBundle, OutputMessage } from "../messages.js";

export type { MimeBundle, OutputMessage };

/** How the stream begins by which a kernel says that it lost some of what a cell printed. */
export const lostOutputNotice = "[the kernel lost the rest of what this cell printed";

export interface Kernel {
  /** The process, for whoever wants to watch it. */
  readonly pid: number;
  /** Goes to the notebook's `metadata.language_info`. */
  readonly languageInfo: MimeBundle;
  /** Whether an interrupted cell leaves the kernel fit to run the next one. */
  readonly survivesInterrupt: boolean;
  /** Runs one cell and resolves when it has ended and its outputs have arrived; rejects with KernelDied. */
  execute(code: string, listener: CellListener): Promise<"ok" | "error">;
  /** Asks the running cell to stop. On some kernels some loops do not hear it: then `kill`. */
  interrupt(): void;
  /** Ends the kernel and every process it started, at once. */
  kill(): Promise<void>;
  /** Ends the kernel, after its last outputs. Safe to call twice, or on a dead kernel. */
  shutdown(): Promise<void>;
}

/** What is heard of a cell while it runs. */
export interface CellListener {
  /** It has begun; `executionCount` is the number the kernel gives it. */
  onStart?(executionCount: number): void;
  /** May still be called after the cell's end, with what it left running. */
  onOutput(message: OutputMessage): void;
  /** Answers `prompt()`. Without it a cell that asks is told that nobody can answer. */
  onInput?(question: Question): Promise<string>;
}

export interface Question {
  readonly prompt: string;
  /** The answer should not be seen on the screen. */
  readonly password: boolean;
}

export interface StartOptions {
  /** Where the notebook is: the kernel's working directory, from which its imports are found. */
  readonly folder: string;
  /** For the values that JavaScript keeps track of, typed arrays not among them; as much as Node takes unless told. */
  readonly memoryLimitMb?: number;
  /** Gives up starting, leaving no process. */
  readonly signal?: AbortSignal;
}

/** A kernel that cannot be started or reached. */
export class KernelError extends Error {
  override readonly name: string = "KernelError";
}

/** The kernel's process ended while it was needed. */
export class KernelDied extends KernelError {
  override readonly name = "KernelDied";
  /** The end of what the process itself wrote during the cell: a fatal error of Node stands there. */
  readonly lastWords: string;

  constructor(death: Death) {
    super(`the kernel ended ${describeDeath(death)}`);
    this.lastWords = death.lastWords;
  }
}

export interface Death {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly lastWords: string;
}

/** Our kernel's, when it must end for a reason that no cell gave: EX_SOFTWARE. */
const exitCodeOfFault = 70;

function describeDeath({ exitCode, signal, lastWords }: Death): string {
  if (/heap out of memory|allocation failed/i.test(lastWords)) return "out of memory: hold less at once";
  if (signal !== null) return `on signal ${signal}: something killed it, or the machine ran out of memory`;
  if (exitCode === null) return "before it had begun";
  if (exitCode === exitCodeOfFault) return "on a fault of its own: what it said of it stands in the traceback";
  return `with exit code ${exitCode}: does the cell call process.exit?`;
}
