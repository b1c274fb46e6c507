// A disk that is full, gone or not ours: said in one line with what to do, instead of an internal error.
import { tmpdir } from "node:os";
import { CliError } from "../command.js";

/** Throws what the system refused as a fault that a person can mend; any other error as it is. */
export function throwDiskFault(error: unknown, what: string): never {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) throw error;
  throw new CliError(
    `${what} (${code}): every mark that is known is kept in the journal; make room for it, then run the same command again`,
  );
}

/** The same of what a sandbox needs for as long as it is open. */
export function throwTemporaryFault(error: unknown): never {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined || code === undefined || !refusals.includes(code)) throw error;
  throw new CliError(
    `no sandbox can be made in the folder for temporary files, ${tmpdir()} (${code}): make room there, or name another folder in TMPDIR`,
  );
}

const refusals = ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "ENOENT", "ENOTDIR"];
