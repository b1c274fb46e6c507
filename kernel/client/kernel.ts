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
  /**
   * Runs one cell and resolves when it has ended and its outputs have arrived; rejects with KernelDied.
   * `onOutput` may still be called later, with what the cell left running.
   */
  execute(code: string, onOutput: (message: OutputMessage) => void): Promise<"ok" | "error">;
  /** Asks the running cell to stop. Some loops do not hear it: then `kill`. */
  interrupt(): void;
  /** Ends the kernel and every process it started, at once. */
  kill(): Promise<void>;
  /** Ends the kernel, after its last outputs. Safe to call twice, or on a dead kernel. */
  shutdown(): Promise<void>;
}

export interface StartOptions {
  /** Where the notebook is: the kernel's working directory, from which its imports are found. */
  readonly folder: string;
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

function describeDeath({ exitCode, signal, lastWords }: Death): string {
  if (/heap out of memory|allocation failed/i.test(lastWords)) return "out of memory: hold less at once";
  if (signal !== null) return `on signal ${signal}: something killed it, or the machine ran out of memory`;
  if (exitCode === null) return "before it had begun";
  return `with exit code ${exitCode}: does the cell call process.exit?`;
}
