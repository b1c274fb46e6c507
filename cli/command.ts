// What a command is. To add one: a file in commands/, a line in main.ts.
import type { Terminal } from "./terminal.js";

/** 0 done, 1 a check failed, 2 wrong usage or unusable input, 3 our own fault. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Command {
  readonly name: string;
  /** One line for `retroprop --help`. */
  readonly summary: string;
  /** The whole text of `retroprop NAME --help`. */
  readonly help: string;
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

/** An error a person at the terminal can act on: one line, with its remedy, and the exit code it ends the process with. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What `parseArgs` has thrown; of its message, Node's advice that follows the reason is left out. */
export function wrongOptions(command: string, error: unknown): CliError {
  const [reason] = (error as Error).message.split(/\. |\n/);
  return new CliError(`${reason}; \`retroprop ${command} --help\` tells the options`);
}
