// Error carried forward: a submission's program with the solution's answers in the place of some of its own.
// Whole declarations are exchanged in the source, never at run time: there is one class of each name in the program.
import { type Extracted, type ExtractOptions, extract } from "./extract.js";
import { IntakeError, reasonOf } from "./intake-error.js";
import { declaredTogether, exportedAs } from "./messages.fr.js";
import type { Piece } from "./piece.js";
import { type Declaration, declarationsFor, type Solution } from "./reference-answers.js";
import { readStatements, type Statement, whereIs } from "./statements.js";
import type { ExpectedExercise } from "./submission.js";

export interface Substitution extends ExtractOptions {
  readonly solution: Solution;
  /** Whose answers are taken from the solution. The exercises graded with them must be others. */
  readonly replaced: readonly ExpectedExercise[];
  /** All exercises of the TP. */
  readonly expected: readonly ExpectedExercise[];
}

/** A program, or why there is none, for staff. */
export type Substituted = Pick<Extracted, "program" | "missing" | "origins"> | { readonly uncut: string };

/** Of the solution the program holds the replaced answers, the given code they need, and nothing else. */
export function substitute(
  pieces: readonly Piece[],
  { solution, replaced, expected, libraryNames, only }: Substitution,
): Substituted {
  const answers = new Set(expected.map(({ name }) => name));
  const names = replaced.map(({ name }) => name);
  const taken = declarationsFor(names, solution, answers);
  // Written last, and an answer as in its own cell: of several definitions these count.
  const trusted = taken.map(({ name, text }): Piece => {
    const id = replaced.find((exercise) => exercise.name === name)?.id;
    return { place: solutionPlace, overrides: true, text, ...(id === undefined ? {} : { exercises: [id] }) };
  });
  const imports: Piece = { place: solutionPlace, text: solution.imports };
  try {
    const uncut = whyUncut(pieces, taken);
    if (uncut !== undefined) return { uncut };
    return extract([...pieces, imports, ...trusted], expected, { libraryNames, only });
  } catch (error) {
    if (isOfTheText(error)) return { uncut: reasonOf(error) };
    throw error;
  }
}

/** Whether anything was written of what is asked for as `name`; of what cannot be read again, it may have been. */
export function isBegun(pieces: readonly Piece[], name: string): boolean {
  try {
    return pieces.map(readStatements).some(({ statements, aliases }) => {
      return aliases.has(name) || statements.some((one) => one.name === name && !one.isStub);
    });
  } catch (error) {
    if (isOfTheText(error)) return true;
    throw error;
  }
}

/** Said of what was handed in, whose parser may find less of a stack than it had at intake. */
const isOfTheText = (error: unknown): boolean => error instanceof IntakeError || error instanceof RangeError;

const solutionPlace = "solution";

/** A declaration goes whole or not at all: one that makes two names, or makes this one under another, stays. */
function whyUncut(pieces: readonly Piece[], taken: readonly Declaration[]): string | undefined {
  const read = pieces.map(readStatements);
  const values = read.flatMap(({ statements }) => statements).filter(({ isType }) => !isType);
  const aliases = new Map(read.flatMap(({ aliases }) => [...aliases]));
  for (const { name } of taken) {
    const own = values.filter((one) => one.name === name);
    const shared = own.find((one) => values.some((other) => other.name !== name && isSameText(one, other)));
    if (shared !== undefined) return declaredTogether(name, whereIs(shared));
    const alias = aliases.get(name);
    if (own.length === 0 && alias !== undefined && alias !== name) return exportedAs(name, alias);
  }
  return undefined;
}

/** `const { softmax, nll } = mine;` */
const isSameText = (one: Statement, other: Statement): boolean =>
  one.piece === other.piece && one.line === other.line && one.text === other.text;
