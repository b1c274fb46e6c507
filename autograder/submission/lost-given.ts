// What students received and a hand-in has lost: given code whose cell was deleted, imports under a second name. It is not
// what is marked: the course's stands in.
import { type Extracted, type ExtractOptions, extract } from "./extract.js";
import { givenTaken } from "./messages.fr.js";
import type { Piece } from "./piece.js";
import type { Solution } from "./reference-answers.js";
import { readStatements } from "./statements.js";
import type { ExpectedExercise } from "./submission.js";

export interface WholeOptions extends ExtractOptions {
  /** Of it, only the given code is taken. Where there is none, what is lost is said to be. */
  readonly solution?: Solution | undefined;
}

interface Whole {
  /** With those of the course. */
  readonly pieces: readonly Piece[];
  readonly extracted: Extracted;
}

/** Extracts, with the course's given code for what the exercises mention of it and nothing declares. */
export function extractWhole(
  pieces: readonly Piece[],
  expected: readonly ExpectedExercise[],
  { solution, ...options }: WholeOptions,
): Whole {
  let whole: Whole = { pieces, extracted: extract(pieces, expected, options) };
  if (solution === undefined) return whole;
  const given = new Given(solution, expected);
  const taken = new Set<string>();
  while (true) {
    const lost = whole.extracted.undeclared.filter((name) => given.has(name) && !taken.has(name));
    if (lost.length === 0 || (taken.size === 0 && !given.isFor(pieces, options.libraryNames))) break;
    for (const name of lost) taken.add(name);
    const all = [...pieces, ...given.piecesFor([...taken])];
    whole = { pieces: all, extracted: extract(all, expected, options) };
  }
  return taken.size === 0 ? whole : withNotice(whole, [...taken]);
}

const withNotice = ({ pieces, extracted }: Whole, names: readonly string[]): Whole => ({
  pieces,
  extracted: { ...extracted, notices: [...extracted.notices, givenTaken(names)] },
});

class Given {
  readonly #solution: Solution;
  readonly #answers: ReadonlySet<string>;

  constructor(solution: Solution, expected: readonly ExpectedExercise[]) {
    this.#solution = solution;
    this.#answers = new Set(expected.map(({ name }) => name));
  }

  has(name: string): boolean {
    return this.#isDeclared(name) || this.#solution.renamed.has(name);
  }

  /** Work on another TP may have answers of the same names, then the library's: nothing of this one would make it right. */
  isFor(pieces: readonly Piece[], libraryNames: ReadonlySet<string> | undefined): boolean {
    const names = pieces.flatMap((piece) => readStatements(piece).statements.map(({ name = "" }) => name));
    const isOfTp = (name: string) => this.#answers.has(name) && libraryNames?.has(name) !== true;
    return names.some((name) => this.#isDeclared(name) || isOfTp(name));
  }

  /** Below all that was handed in; only `names`, since what they need may be there. */
  piecesFor(names: readonly string[]): Piece[] {
    const { imports, renamed, declarations } = this.#solution;
    const clauses = names.flatMap((name) => (renamed.has(name) ? [`${renamed.get(name)} as ${name}`] : []));
    const declared = names.flatMap((name) => declarations.get(name)?.text ?? []);
    const texts = [imports, `import { ${clauses.join(", ")} } from "retroprop";`, ...declared];
    return texts.map((text) => ({ place: "donné", isGiven: true, text }));
  }

  #isDeclared(name: string): boolean {
    return this.#solution.declarations.has(name) && !this.#answers.has(name);
  }
}
