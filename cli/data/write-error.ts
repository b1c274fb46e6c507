// What to tell someone whose disk refuses a file.
import { dirname } from "node:path";
import { CliError } from "../command.js";

/** Throws the system's refusal to write `path` as one line with a remedy. */
export function explainWriteError(error: unknown, path: string): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  if (code === "ENOSPC" || code === "EDQUOT") {
    throw new CliError(`the disk is full (${code}) while writing ${path}: free some space, or ${elsewhere}`);
  }
  throw new CliError(`cannot write in ${dirname(path)} (${code}): ${elsewhere}`);
}

const elsewhere = "name a writable folder in the environment variable RETROPROP_DATA";
