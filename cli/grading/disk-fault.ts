// A disk that is full, gone or not ours: said in one line with what to do, instead of an internal error.
import { CliError } from "../command.js";

/** Throws what the system refused as a fault that a person can mend; any other error as it is. */
export function throwDiskFault(error: unknown, what: string): never {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) throw error;
  throw new CliError(
    `${what} (${code}): every mark that is known is kept in the journal; make room for it, then run the same command again`,
  );
}
