// Names of cells. They never depend on a position: a student's file and the grader must agree after the text has moved.
import { CourseError, type Place } from "./course-error.js";

const longestId = 64;

/** Refuses what the notebook format does not accept as the id of a cell. */
export function checkId(id: string, place: Place): void {
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(id)) {
    throw new CourseError(place, `\`${id}\` cannot name a cell: 1 to ${longestId} letters, digits, \`-\` or \`_\``);
  }
}

/** `tp1.softmax` → `tp1-softmax`. */
export const idOfTarget = (target: string): string => target.replaceAll(".", "-");

/** `tp1.softmax` → `check-tp1-softmax`: beside the cell of its exercise. */
export const idOfCheck = (exercise: string): string => `check-${idOfTarget(exercise)}`;

/** `src/train/history.ts#History` → `given-history`. */
export const idOfGiven = (symbol: string): string => `given-${slug(symbol.replace(/^.*#/, ""))}`;

export const idAfter = (previous: string): string => `after-${previous}`.slice(0, longestId);

/** `## 3.2 La règle de l'élève` → `la-regle-de-l-eleve`: the number goes, it is a position. */
export function slug(heading: string): string {
  const words = heading
    .replace(/\{\{.*?\}\}/g, "")
    .replace(/^[#\s]*([\d.]+\s+)?/, "")
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .replaceAll("œ", "oe")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return words.slice(0, longestId).replace(/^-+|-+$/g, "");
}
