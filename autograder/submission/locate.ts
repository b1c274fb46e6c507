// From a line of the program that ran back to the line its student wrote.
import { placeAndLine } from "./messages.fr.js";
import type { Submission } from "./submission.js";

/** `cellule 12, ligne 3` for a line of `submission.program`, from 1; undefined for a line that intake wrote. */
export function locate({ origins }: Pick<Submission, "origins">, line: number): string | undefined {
  const origin = origins.find(({ from, lines }) => line >= from && line < from + lines);
  return origin === undefined ? undefined : placeAndLine(origin.place, origin.line + line - origin.from);
}
