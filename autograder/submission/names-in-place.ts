// What a name means where it is mentioned. In a notebook a cell has the last definition above it, or its own: two cells may
// each have a `total`, and a student's `sum` below an exercise is not the one that it calls. A program has one of each name:
// the others get names of their own.
import { nameApart } from "./own-names.js";
import type { Piece } from "./piece.js";
import { renameIn } from "./references.js";
import { type Import, rewritten, type Statement } from "./statements.js";

export interface Notebook {
  readonly pieces: readonly Piece[];
  readonly statements: readonly Statement[];
  /** Those of each piece. */
  readonly imports: readonly (readonly Import[])[];
  /** The exercise of each answer, by name. An answer means the same from its cell on, whatever stands below. */
  readonly exercises: ReadonlyMap<string, string>;
  /** What is put in the place of a student's means the same everywhere. */
  readonly overriding: ReadonlySet<string>;
}

export interface NamedInPlace {
  readonly statements: readonly Statement[];
  /** What imported names are called where their own means something else. */
  readonly imports: ReadonlyMap<string, Import>;
}

/** What a name means from one piece on: something imported, or definitions of that piece, of which the last counts. */
interface Meaning {
  readonly from: number;
  readonly imported?: Import;
  /** The same for two imports of the same. */
  readonly key: string;
  /** The definition that counts. */
  readonly defined?: Statement;
}

export function nameInPlace(notebook: Notebook): NamedInPlace {
  const { pieces, statements } = notebook;
  const place = new Map(pieces.map((piece, i) => [piece, i]));
  const placeOf = ({ piece }: Statement): number => place.get(piece) ?? 0;
  const ambiguous = ambiguousNames(notebook, placeOf);
  if (ambiguous.size === 0) return { statements, imports: new Map() };

  const usual = usualMeanings(ambiguous, notebook, placeOf);
  const imports = new Map([...usual].flatMap(([name, { imported }]) => (imported ? [[name, imported]] : [])));
  const nameOf = newNames(statements, imports);
  const newNamesIn = (statement: Statement): Map<string, string> => {
    const names = new Map<string, string>();
    for (const [name, meanings] of ambiguous) {
      if (!statement.text.includes(name)) continue;
      const meant = meaningIn(statement, placeOf(statement), meanings, usual.get(name)!);
      if (meant.key !== usual.get(name)!.key) names.set(name, nameOf(name, meant));
    }
    return names;
  };
  return { statements: renameAll(statements, newNamesIn), imports };
}

/** What the answers mean keeps its name; what only stands below them all, as an experiment does, does not. */
function usualMeanings(
  ambiguous: ReadonlyMap<string, readonly Meaning[]>,
  { statements, exercises }: Notebook,
  placeOf: (statement: Statement) => number,
): Map<string, Meaning> {
  const isAnswer = ({ name, isStub, piece }: Statement): boolean =>
    exercises.has(name ?? "") && !isStub && piece.overrides !== true;
  const lastAnswer = Math.max(...statements.filter(isAnswer).map(placeOf));
  const usualOf = (meanings: readonly Meaning[]): Meaning =>
    meanings.find(({ key }) => key === globalKey) ?? meaningAt(meanings, lastAnswer) ?? meanings.at(-1)!;
  return new Map([...ambiguous].map(([name, meanings]) => [name, usualOf(meanings)]));
}

function meaningIn(statement: Statement, place: number, meanings: readonly Meaning[], usual: Meaning): Meaning {
  const above = meaningAt(meanings, place) ?? firstOf(meanings, usual);
  return above.from < place ? (writtenAnew(meanings, above, statement, place) ?? above) : above;
}

function renameAll(
  statements: readonly Statement[],
  newNamesIn: (statement: Statement) => ReadonlyMap<string, string>,
): Statement[] {
  const named = statements.map((statement) => [statement, newNamesIn(statement)] as const);
  const rename = renameIn(new Set(named.flatMap(([{ text }, names]) => (names.size === 0 ? [] : [text]))));
  return named.map(([statement, names]) => {
    if (names.size === 0) return statement;
    const newName = (name: string): string => names.get(name) ?? name;
    const name = statement.name === undefined ? undefined : newName(statement.name);
    return { ...rewritten(statement, rename(statement.text, names)), name, bases: statement.bases.map(newName) };
  });
}

const globalKey = "everywhere";

/** Above all that a name may mean: the library's, whose import may have been moved, unless it means the same everywhere. */
const firstOf = (meanings: readonly Meaning[], usual: Meaning): Meaning =>
  usual.key === globalKey ? usual : (meanings.find(({ imported }) => imported) ?? usual);

/** The last from which on `place` is. */
const meaningAt = (meanings: readonly Meaning[], place: number): Meaning | undefined =>
  meanings.findLast(({ from }) => from <= place);

/** A function that was written anew further down and ran before the cell that calls it ran last: that is the one it had. */
function writtenAnew(
  meanings: readonly Meaning[],
  { defined: above }: Meaning,
  { piece: { ran } }: Statement,
  place: number,
): Meaning | undefined {
  if (above?.isLazy !== true || above.piece.ran === undefined || ran === undefined) return undefined;
  const isSince = (time: number | undefined): boolean => time !== undefined && time > above.piece.ran! && time < ran;
  return meanings.findLast(
    ({ from, defined }) => from > place && defined?.isLazy === true && isSince(defined.piece.ran),
  );
}

/** Names that do not mean the same in all pieces, with what they mean, in the order of the pieces. */
function ambiguousNames(
  notebook: Notebook,
  placeOf: (statement: Statement) => number,
): Map<string, readonly Meaning[]> {
  const { statements, imports } = notebook;
  const isGlobal = globalIn(notebook, placeOf);
  const found = new Map<string, Meaning[]>();
  const add = (name: string, meaning: Meaning): void => {
    const others = (found.get(name) ?? []).filter(({ from }) => from !== meaning.from);
    found.set(name, [...others, meaning]);
  };
  for (const [from, ofPiece] of imports.entries()) {
    for (const imported of ofPiece) {
      const key = `import ${imported.module} ${imported.imported}`;
      if (!imported.typeOnly && imported.module === "retroprop") add(imported.local, { from, imported, key });
    }
  }
  // After the imports: a definition counts before an import of the same piece.
  for (const statement of statements) {
    if (statement.name === undefined || statement.isType) continue;
    const from = placeOf(statement);
    const key = isGlobal(statement.name, from) ? globalKey : `piece ${from}`;
    add(statement.name, { from, key, defined: statement });
  }
  const ambiguous = [...found].filter(([, meanings]) => new Set(meanings.map(({ key }) => key)).size > 1);
  return new Map(ambiguous.map(([name, meanings]) => [name, meanings.sort((a, b) => a.from - b.from)]));
}

/** Whether a name that is defined in a piece is the answer, or what stands for it; not what only has its name, above its cell. */
function globalIn({ statements, exercises, overriding }: Notebook, placeOf: (statement: Statement) => number) {
  const cells = new Map<string, number>();
  for (const statement of statements) {
    const { name = "", piece } = statement;
    const id = exercises.get(name);
    const isOwn = id !== undefined && piece.exercises?.includes(id) === true && !statement.isStub;
    if (isOwn && !cells.has(name)) cells.set(name, placeOf(statement));
  }
  return (name: string, place: number): boolean =>
    overriding.has(name) || (exercises.has(name) && place >= (cells.get(name) ?? 0));
}

/** The same for the same meaning, and nobody else's; what is imported under one is added to `imports`. */
function newNames(statements: readonly Statement[], imports: Map<string, Import>) {
  const made = new Map<string, string>();
  const isTaken = (name: string): boolean => statements.some(({ text }) => text.includes(name));
  let number = 1;
  return (name: string, { key, imported }: Meaning): string => {
    const known = made.get(`${name} ${key}`);
    if (known !== undefined) return known;
    const called = imported === undefined || imported.imported === "*" ? name : imported.imported;
    while (isTaken(nameApart(called, number))) number++;
    const free = nameApart(called, number++);
    made.set(`${name} ${key}`, free);
    if (imported !== undefined) imports.set(free, { ...imported, local: free });
    return free;
  };
}
