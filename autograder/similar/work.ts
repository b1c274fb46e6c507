// One hand-in, ready to be compared: the student's own code as tokens with its fingerprints, and long sentences.
import type ts from "typescript";
import type { Team } from "../practice/teams.js";
import type { HandIn, WorkFile } from "../submission/hand-in.js";
import { IntakeError, reasonOf } from "../submission/intake-error.js";
import { tooSlow } from "../submission/messages.fr.js";
import { readSource } from "../submission/read-source.js";
import { longestReadingMs, readWithin } from "../submission/read-within.js";
import { parse } from "../submission/statements.js";
import type { ExpectedExercise } from "../submission/submission.js";
import { type CodeNames, namesIn } from "./code-names.js";
import { type Given, statementHash } from "./given.js";
import { peopleOf } from "./people.js";
import { longSentences } from "./sentences.js";
import { inColumns, type Token, type Tokens, tokensOf } from "./tokens.js";
import { gramLength, gramsOf, winnow } from "./winnow.js";

export interface Work {
  readonly student: string;
  readonly people: readonly string[];
  /** Of another year: compared with those of this one only. */
  readonly isEarlier: boolean;
  readonly pieces: readonly Piece[];
  readonly tokens: Tokens;
  /** Where each fingerprint stands, a few places at most. */
  readonly prints: ReadonlyMap<number, readonly number[]>;
  /** Tokens that are the course's own, in code that is partly so. */
  readonly isGiven: Uint8Array;
  readonly sentences: ReadonlyMap<string, string>;
  /** It holds more code than is compared. */
  readonly isCut: boolean;
}

interface Piece {
  /** `cellule 12`, `tp1.ts`. */
  readonly place: string;
  readonly text: string;
}

/** Why a hand-in could not be compared, in French. */
export interface NotCompared {
  readonly student: string;
  readonly reason: string;
}

export interface WorkOptions {
  readonly expected: readonly ExpectedExercise[];
  readonly given: Given;
  readonly isEarlier: boolean;
  readonly team?: Team;
}

/** Never throws for what is in the files, however long they would take. */
export function readWork(handIn: HandIn, options: WorkOptions, limitMs = longestReadingMs): Work | NotCompared {
  return readWithin(limitMs, () => readFiles(handIn, options)) ?? { student: handIn.student, reason: tooSlow };
}

function readFiles(handIn: HandIn, options: WorkOptions): Work | NotCompared {
  const { student, files } = handIn;
  const read = files.map((file) => readFile(file, options.expected));
  const sources = read.filter((one) => "pieces" in one);
  if (sources.length === 0) return { student, reason: read.flatMap((one) => ("reason" in one ? one.reason : []))[0]! };
  const pieces = ownPieces(
    sources.flatMap((source) => source.pieces),
    options.given,
  );
  return {
    student,
    people: peopleOf(student, options.team),
    isEarlier: options.isEarlier,
    ...fingerprinted(pieces, options.given),
    sentences: longSentences(
      sources.flatMap(({ answers }) => [...answers.values()]),
      options.given.sentences,
    ),
  };
}

function readFile(file: WorkFile, expected: readonly ExpectedExercise[]) {
  try {
    return readSource(file, expected);
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** Several times what a TP has: what is beyond is not compared, so that no class fills the memory. */
const mostCharacters = 48 * 1024;
const mostTokens = 5_000;

/** What is not the course's, each text once: a notebook and its export are the same work. */
function ownPieces(pieces: readonly Piece[], { cells }: Given): Piece[] {
  const seen = new Set<string>();
  let left = mostCharacters;
  return pieces.flatMap(({ place, text }) => {
    const bare = text.trim();
    if (bare === "" || cells.has(bare) || seen.has(bare) || left <= 0) return [];
    seen.add(bare);
    const kept = text.slice(0, left);
    left -= kept.length;
    return [{ place, text: kept }];
  });
}

function fingerprinted(
  all: readonly Piece[],
  given: Given,
): Pick<Work, "pieces" | "tokens" | "prints" | "isGiven" | "isCut"> {
  const files = all.map(({ text }) => orUndefined(() => parse(text)));
  const names = orUndefined(() =>
    namesIn(
      files.filter((file) => file !== undefined),
      given.names,
    ),
  );
  const own = files.map((file) => {
    return file === undefined || names === undefined ? undefined : orUndefined(() => ownTokens(file, names, given));
  });
  const tokens = inColumns(
    own.map((found) => found ?? []),
    mostTokens,
  );
  const grams = gramsOf(tokens.codes);
  const prints = new Map<number, number[]>();
  for (const at of winnow(grams, (gram) => given.grams.has(gram))) addPlace(prints, grams[at]!, at);
  const length = all.reduce((sum, { text }) => sum + text.length, 0);
  return {
    pieces: all,
    tokens,
    prints,
    isGiven: givenTokens(grams, given, tokens),
    isCut: tokens.codes.length === mostTokens || length >= mostCharacters || own.includes(undefined),
  };
}

/** What repeats itself a thousand times is one passage. */
const mostPlaces = 3;

function addPlace(prints: Map<number, number[]>, gram: number, at: number): void {
  const places = prints.get(gram);
  if (places === undefined) prints.set(gram, [at]);
  else if (places.length < mostPlaces) places.push(at);
}

/** Code that is nested so deep that the stack does not last is not compared, and said not to be. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || error instanceof IntakeError) return undefined;
    throw error;
  }
}

function ownTokens(file: ts.SourceFile, names: CodeNames, given: Given): Token[] {
  const statements = tokensOf(file, names, given.names, mostTokens);
  return statements.filter((tokens) => !given.statements.has(statementHash(tokens))).flat();
}

function givenTokens(grams: Uint32Array, given: Given, { codes }: Tokens): Uint8Array {
  const isGiven = new Uint8Array(codes.length);
  for (const [at, gram] of grams.entries()) if (given.grams.has(gram)) isGiven.fill(1, at, at + gramLength);
  return isGiven;
}
