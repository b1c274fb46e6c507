// A student's `sum` beside the library's: in a notebook each cell has the one that stood above it when it was written.
import type { Piece } from "./piece.js";
import { renameReferences } from "./references.js";
import type { Import, Statement } from "./statements.js";

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
  const renamed = statements.map((statement) => {
    const above = [...hiders].filter(([name, at]) => placeOf(statement) < at && statement.text.includes(name));
    if (above.length === 0) return statement;
    const names = new Map(above.map(([name]) => [name, libraryName(name)]));
    return { ...statement, text: renameReferences(statement.text, names) };
  });
  return { statements: renamed, imports: new Map([...hiders.keys()].map((name) => asLibrary(imports.get(name)!))) };
}

const libraryName = (name: string): string => `library$${name}`;

const asLibrary = (one: Import): [string, Import] => [
  libraryName(one.local),
  { ...one, local: libraryName(one.local) },
];
