// A student's `sum` beside the library's: in a notebook each cell has the one that stood above it when it was written.
import type { Piece } from "./piece.js";
import { renameIn } from "./references.js";
import { type Import, rewritten, type Statement } from "./statements.js";

export interface Unhidden {
  readonly statements: readonly Statement[];
  /** The names of the library under which the cells above mention what a cell below hides. */
  readonly imports: ReadonlyMap<string, Import>;
}

/** In the cells above the one that declares it, an imported name stays that of the library. */
export function unhideLibrary(
  statements: readonly Statement[],
  pieces: readonly Piece[],
  imports: ReadonlyMap<string, Import>,
  answers: ReadonlySet<string>,
): Unhidden {
  const place = new Map(pieces.map((piece, i) => [piece, i]));
  const placeOf = ({ piece }: Statement): number => place.get(piece) ?? 0;
  const hiders = new Map<string, number>();
  for (const statement of statements) {
    const { name, isType } = statement;
    if (name === undefined || isType || answers.has(name) || hiders.has(name)) continue;
    const hidden = imports.get(name);
    if (hidden?.module === "retroprop" && !hidden.typeOnly) hiders.set(name, placeOf(statement));
  }
  if (hiders.size === 0) return { statements, imports: new Map() };
  const hiddenIn = (statement: Statement): string[] =>
    [...hiders].flatMap(([name, at]) => (placeOf(statement) < at && statement.text.includes(name) ? [name] : []));
  const above = new Map(statements.map((statement) => [statement, hiddenIn(statement)]));
  const rename = renameIn(new Set([...above].flatMap(([{ text }, names]) => (names.length === 0 ? [] : [text]))));
  const renamed = statements.map((statement) => {
    const names = above.get(statement) ?? [];
    if (names.length === 0) return statement;
    return rewritten(statement, rename(statement.text, new Map(names.map((name) => [name, libraryName(name)]))));
  });
  return { statements: renamed, imports: new Map([...hiders.keys()].map((name) => asLibrary(imports.get(name)!))) };
}

const libraryName = (name: string): string => `library$${name}`;

const asLibrary = (one: Import): [string, Import] => [
  libraryName(one.local),
  { ...one, local: libraryName(one.local) },
];
