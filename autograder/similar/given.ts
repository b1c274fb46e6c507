// What the course itself gave: stub, cells and statement. None of it makes two submissions similar.
import type ts from "typescript";
import { parse } from "../submission/statements.js";
import { type CourseNames, courseNames, namesIn } from "./code-names.js";
import { longSentences } from "./sentences.js";
import { inColumns, type Token, tokensOf } from "./tokens.js";
import { gramsOf } from "./winnow.js";

export interface Given {
  readonly names: CourseNames;
  /** The text of cells that nobody need change. */
  readonly cells: ReadonlySet<string>;
  /** Whole statements, however short. */
  readonly statements: ReadonlySet<number>;
  readonly grams: ReadonlySet<number>;
  readonly sentences: ReadonlySet<string>;
}

/** The course's own material of a TP. */
export interface GivenTexts {
  readonly stub: string;
  readonly codeCells: readonly string[];
  /** Markdown: what is between fences is code as well. */
  readonly words: readonly string[];
  /** The names of the exercises. */
  readonly exercises: readonly string[];
}

export function readGiven({ stub, codeCells, words, exercises }: GivenTexts): Given {
  const snippets = words.flatMap((text) => [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, code = ""]) => code));
  const names = courseNames(parse(stub), exercises);
  const statements = [stub, ...codeCells, ...snippets].flatMap((text) => statementsOf(parse(text), names));
  const grams = statements.flatMap((tokens) => [...gramsOf(inColumns([tokens], tokens.length).codes)]);
  return {
    names,
    cells: new Set(codeCells.map((text) => text.trim())),
    statements: new Set(statements.map(statementHash)),
    grams: new Set(grams),
    sentences: new Set(longSentences(words).keys()),
  };
}

const statementsOf = (file: ts.SourceFile, names: CourseNames): Token[][] =>
  tokensOf(file, namesIn([file], names), names);

/** One number for all the tokens of a statement. */
export const statementHash = (tokens: readonly Token[]): number =>
  gramsOf(
    Int32Array.from(tokens, ({ code }) => code),
    tokens.length,
  )[0] ?? 0;
