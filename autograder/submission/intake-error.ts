// Why a submission cannot be graded; its message is French and said to the student.
import { ourFault, tooDeep, unreadable } from "./messages.fr.js";

export class IntakeError extends Error {
  override readonly name = "IntakeError";
}

/** Whatever was thrown while something of a student's was read, as a sentence: one oddity never stops a class. */
export function reasonOf(error: unknown): string {
  if (error instanceof IntakeError) return error.message;
  if (error instanceof RangeError) return tooDeep; // the parser's stack
  if ((error as NodeJS.ErrnoException).syscall !== undefined) return unreadable(codeOf(error));
  return ourFault(String(error));
}

/** `EACCES`, `ENOENT`: the same in every language, and no path of the machine in it. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "?";
