// Refuses more code than a TP has before anything parses it: while one submission is read, no other is judged.
import { IntakeError } from "./intake-error.js";
import { tooManyStatements, tooMuchCode } from "./messages.fr.js";
import { mostStatements } from "./statements.js";

/** Five times what a TP has. */
const maxCodeKb = 256;

/** @throws IntakeError when there is more, or in more cells, than anybody writes */
export function expectModest(texts: readonly { readonly text: string }[]): void {
  const size = texts.reduce((sum, { text }) => sum + text.length, 0);
  if (size > maxCodeKb * 1024) throw new IntakeError(tooMuchCode(maxCodeKb));
  if (texts.length > mostStatements) throw new IntakeError(tooManyStatements(mostStatements));
}
