// What was there when the run began and is not any more: its owner is told, since its student has done nothing wrong.
import { existsSync } from "node:fs";
import type { HandIn } from "../../autograder/submission/hand-in.js";
import type { Refusal } from "../../autograder/submission/submission.js";

const mostLines = 5;

/** One line for each hand-in of which a file is gone, and one for all the rest. */
export function vanished(handIns: readonly (HandIn | Refusal)[]): string[] {
  const gone = handIns.filter((handIn) => !("refused" in handIn) && handIn.files.some(isGone));
  const remedy = "put them back and run the same command again";
  const lines = gone
    .slice(0, mostLines)
    .map(({ student }) => `${student}: the files are gone since the run began; ${remedy}`);
  return gone.length > mostLines ? [...lines, `… and those of ${gone.length - mostLines} more`] : lines;
}

const isGone = (file: object): boolean => "path" in file && !existsSync(String(file.path));
