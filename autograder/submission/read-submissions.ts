// From hand-ins to submissions: each becomes one program and its answers, or is refused with a reason its student can read.
import type { Extracted } from "./extract.js";
import type { HandIn, WorkFile } from "./hand-in.js";
import { findHandIns } from "./hand-ins.js";
import { IntakeError, reasonOf } from "./intake-error.js";
import { extractWhole, type WholeOptions } from "./lost-given.js";
import {
  answersFrom,
  choseAmong,
  choseNotebook,
  cutButWhole,
  cutWithout,
  noExercise,
  otherAnswers,
  partsInFiles,
  python,
  sameFiles,
  severalFiles,
  tooSlow,
  unreadBeside,
  whichFile,
} from "./messages.fr.js";
import type { Source } from "./piece.js";
import { readAnswersOf, readSource } from "./read-source.js";
import { longestReadingMs, ReadingTime } from "./read-within.js";
import type { ExpectedExercise, Refusal, Submission } from "./submission.js";

/** Everything handed in under `paths` but for archives; `takeIn` opens these, for a class. */
export function readSubmissions(
  paths: readonly string[],
  expected: readonly ExpectedExercise[],
  options: WholeOptions = {},
): (Submission | Refusal)[] {
  return findHandIns(paths).map((found) => ("refused" in found ? found : readHandIn(found, expected, options)));
}

/** Reads one hand-in; of several files, the one whose exercises are most advanced. Never throws for what is in them. */
export function readHandIn(
  handIn: HandIn,
  expected: readonly ExpectedExercise[],
  options: WholeOptions = {},
  limitMs = longestReadingMs,
): Submission | Refusal {
  const { student, handedInAs } = handIn;
  const reading = new ReadingTime(limitMs);
  const read = handIn.files.map(
    (file) => reading.read(() => readFile(file, expected, options)) ?? { file: file.name, refused: tooSlow },
  );
  const texts = handIn.texts.map((file) => reading.read(() => readText(file, expected)) ?? { file: file.name });
  const without = read.filter((one) => "refused" in one);
  const choice = chooseAmong(
    read.filter((one) => "extracted" in one),
    [...without, ...texts],
  );
  if (choice !== undefined && "best" in choice) {
    return toSubmission(handIn, { ...choice, notices: [...choice.notices, ...refusedBeside(choice.best, read)] });
  }
  const files = handIn.files.map(({ name }) => name);
  return { student, handedInAs, files, refused: choice?.refused ?? whyNone(read) };
}

interface ReadFile {
  readonly file: string;
  readonly source: Source;
  readonly extracted: Extracted;
}

interface UnreadFile extends AnswersIn {
  readonly refused: string;
}

/** In a file without an exercise there may be answers in words. */
interface AnswersIn {
  readonly file: string;
  readonly answers?: ReadonlyMap<string, string>;
  /** Of code, which may number something else than answers. */
  readonly areComments?: boolean;
}

interface Choice {
  readonly best: ReadFile;
  readonly answers: ReadonlyMap<string, string>;
  readonly notices: readonly string[];
}

/**
 * The most advanced; the notebook of a notebook and code that are as advanced. Nothing chooses between two notebooks, unless
 * they hold the same code.
 */
function chooseAmong(
  read: readonly ReadFile[],
  without: readonly AnswersIn[],
): Choice | { refused: string } | undefined {
  const isNotebook = ({ source }: ReadFile) => Number(source.isNotebook);
  const sorted = [...read].sort(
    (a, b) =>
      b.extracted.started.size - a.extracted.started.size ||
      isNotebook(b) - isNotebook(a) ||
      b.source.answers.size - a.source.answers.size,
  );
  const [best, ...others] = sorted;
  if (best === undefined) return undefined;
  const names = read.map(({ file }) => file);
  if (others.length === 0) return { best, ...withOthersAnswers(best, without) };
  const tied = others.filter(({ extracted }) => extracted.started.size === best.extracted.started.size);
  const different = tied.filter((one) => !isSameCode(one, best));
  const rivals = different.filter((one) => isNotebook(one) === isNotebook(best));
  if (rivals.length > 0) {
    const why = rivals.every((one) => hasSameStarted(one, best)) ? severalFiles : partsInFiles;
    return { refused: why([best, ...rivals].map(({ file }) => file)) };
  }
  const answers = withOthersAnswers(best, [...others.map(toAnswers), ...without]);
  const say = tied.length === 0 ? choseAmong : different.length === 0 ? sameFiles : choseNotebook;
  const notices = [say(best.file, names), ...unreadOf(sorted), ...answers.notices, ...otherAnswersIn(tied, answers)];
  return { best, ...answers, notices };
}

/** Of two that are as advanced, whether in the same exercises. */
const hasSameStarted = (one: ReadFile, other: ReadFile): boolean =>
  [...one.extracted.started].every((id) => other.extracted.started.has(id));

const isSameCode = (one: ReadFile, other: ReadFile): boolean =>
  JSON.stringify(one.extracted.parts) === JSON.stringify(other.extracted.parts);

/** Why another file gave nothing, where the one that is marked lacks something: the work may be split in two. */
function refusedBeside({ extracted }: ReadFile, read: readonly { file: string; refused?: string }[]): string[] {
  if (extracted.missing.size === 0) return [];
  return read.flatMap(({ file, refused }) => (refused === undefined ? [] : [whichFile(file, refused)])).slice(0, 2);
}

/** What is written in another file and missing in the one that is marked. */
function unreadOf([best, ...others]: readonly ReadFile[]): string[] {
  const isBetterIn = ({ started }: Extracted, id: string): boolean =>
    started.has(id) && best?.extracted.started.has(id) !== true;
  const holders = others.map(({ file, extracted }) => ({
    file,
    found: [...extracted.exercises].flatMap(([id, { name }]) => (isBetterIn(extracted, id) ? [name] : [])),
  }));
  const found = [...new Set(holders.flatMap(({ found }) => found))];
  return found.length === 0
    ? []
    : [
        unreadBeside(
          holders.flatMap(({ file, found }) => (found.length > 0 ? [file] : [])),
          found,
        ),
      ];
}

const toAnswers = ({ file, source }: ReadFile): AnswersIn => ({
  file,
  answers: source.answers,
  areComments: !source.isNotebook,
});

/** Code may be in one file and the answers in words in another; those in comments count where there are no others. */
function withOthersAnswers(best: ReadFile, others: readonly AnswersIn[]) {
  const answers = new Map<string, string>();
  const sources = [toAnswers(best), ...others].sort((a, b) => Number(a.areComments ?? 0) - Number(b.areComments ?? 0));
  const notices = sources.flatMap(({ file, answers: theirs = new Map<string, string>() }) => {
    const added = [...theirs].filter(([question]) => !answers.has(question));
    for (const [question, answer] of added) answers.set(question, answer);
    return added.length > 0 && file !== best.file ? [answersFrom(file)] : [];
  });
  return { answers, notices };
}

/** Of files as advanced as the one that is marked: an earlier draft may have answered otherwise. */
const otherAnswersIn = (tied: readonly ReadFile[], { answers }: Pick<Choice, "answers">): string[] =>
  tied
    .filter(({ source }) => [...source.answers].some(([question, answer]) => answers.get(question) !== answer))
    .map(({ file }) => otherAnswers(file));

function toSubmission({ student, handedInAs, notices }: HandIn, choice: Choice): Submission {
  const { file, source, extracted } = choice.best;
  const { program, exercises, missing, origins } = extracted;
  return {
    student,
    handedInAs,
    files: [file],
    program,
    exercises,
    answers: choice.answers,
    notices: [...notices, ...choice.notices, ...source.notices, ...extracted.notices],
    missing,
    origins,
    pieces: source.pieces,
  };
}

function readFile(file: WorkFile, expected: readonly ExpectedExercise[], options: WholeOptions): ReadFile | UnreadFile {
  try {
    const source = readSource(file, expected);
    const { pieces, extracted } = extractWhole(source.pieces, expected, options);
    const remarked = withRemarkOnCut({ ...source, pieces }, extracted);
    if (extracted.exercises.size === 0) {
      const refused = isPython(source) ? python : whyNothing(extracted);
      return { file: file.name, refused, answers: source.answers, areComments: !source.isNotebook };
    }
    return { file: file.name, source: remarked, extracted };
  } catch (error) {
    return { file: file.name, refused: reasonOf(error) };
  }
}

function readText(file: WorkFile, expected: readonly ExpectedExercise[]): AnswersIn {
  try {
    return { file: file.name, answers: readAnswersOf(file, expected) };
  } catch {
    return { file: file.name }; // nobody asked for it
  }
}

/** What a notebook lost with its end would count as not done: it is taken only where nothing asked for is lost. */
function withRemarkOnCut(source: Source, { missing }: Extracted): Source {
  if (source.cutAfter === undefined) return source;
  if (missing.size > 0) throw new IntakeError(cutWithout(source.cutAfter, missing.size));
  return { ...source, notices: [cutButWhole(source.cutAfter), ...source.notices] };
}

const isPython = ({ pieces }: Source): boolean =>
  pieces.some(({ text }) => /^(?:def \w+\(.*|import numpy as .*|from \w+ import .*)$/m.test(text));

/** What tells most first: a syntax error, a refused import, a name that is nearly right. */
function whyNothing({ notices, missing }: Extracted): string {
  const plain = new Set([...missing.values()].filter((reason) => /introuvable\.$/.test(reason)));
  return [noExercise, ...notices.filter((notice) => !plain.has(notice)).slice(0, 4)].join(" ");
}

/** The reason, of the first files where there are several. */
function whyNone(read: readonly { file: string; refused?: string }[]): string {
  if (read.length === 1) return read[0]?.refused ?? "";
  return read
    .slice(0, 3)
    .map(({ file, refused = "" }) => whichFile(file, refused))
    .join(" ");
}
