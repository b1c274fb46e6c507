// How works are called on the pages: by their students' names, or by numbers drawn at random.
import { fingerprint } from "../practice/fingerprint.js";
import type { Excerpt } from "./excerpts.js";
import { anonymous, lines, somePlace, someWork } from "./messages.fr.js";
import type { Work } from "./work.js";

export interface Labels {
  nameOf(work: Work): string;
  /** Of a hand-in that could not be compared. */
  asideName(student: string): string;
  whereOf(excerpt: Excerpt): string;
  /** From number to student, where names are hidden. */
  readonly key?: Readonly<Record<string, string>>;
}

export const realNames: Labels = {
  nameOf: ({ student }) => student,
  asideName: (student) => student,
  whereOf: ({ place, fromLine, toLine }) => lines(place, fromLine, toLine),
};

/** Without `salt` nobody finds the order again. */
export function hiddenNames(works: readonly Work[], salt: string): Labels {
  const mixed = works.map((work, i) => ({ work, order: fingerprint(salt, String(i), work.student) }));
  mixed.sort((x, y) => (x.order < y.order ? -1 : 1));
  const names = new Map(mixed.map(({ work }, i) => [work, anonymous(i + 1)]));
  return {
    nameOf: (work) => names.get(work)!,
    asideName: () => someWork,
    // A file may be named after its student.
    whereOf: ({ place, fromLine, toLine }) => lines(/^cellule /.test(place) ? place : somePlace, fromLine, toLine),
    key: Object.fromEntries([...names].map(([{ student }, name]) => [name, student])),
  };
}
