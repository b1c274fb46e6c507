// From paths to submissions: each becomes one program and its answers, or is refused with a reason its student can read.
import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { type Extracted, type ExtractOptions, extract } from "./extract.js";
import { codeOf, findHandIns, type HandIn } from "./hand-ins.js";
import { IntakeError } from "./intake-error.js";
import {
  choseAmong,
  noExercise,
  ourFault,
  severalFiles,
  tooBig,
  tooDeep,
  tooMuchCode,
  unreadable,
} from "./messages.fr.js";
import { readNotebook } from "./notebook.js";
import type { Source } from "./piece.js";
import { decodeText } from "./read-text.js";
import type { ExpectedExercise, Refusal, Submission } from "./submission.js";

/** Everything handed in under `paths`. A class too big for memory is read with `findHandIns` and `readHandIn`. */
export function readSubmissions(
  paths: readonly string[],
  expected: readonly ExpectedExercise[],
  options: ExtractOptions = {},
): (Submission | Refusal)[] {
  return findHandIns(paths).map((found) => ("refused" in found ? found : readHandIn(found, expected, options)));
}

/** Reads one hand-in; of several files, the one whose exercises are most advanced. Never throws for what is in them. */
export function readHandIn(
  { student, folder, files }: HandIn,
  expected: readonly ExpectedExercise[],
  options: ExtractOptions = {},
): Submission | Refusal {
  const read = files.map((file) => ({ file, ...readFile(join(folder, file), expected, options) }));
  const readable = read.filter((one) => "extracted" in one).sort((a, b) => b.extracted.started - a.extracted.started);
  const [best, second] = readable;
  if (best === undefined)
    return { student, files, refused: read.map((one) => ("refused" in one ? one.refused : ""))[0]! };
  if (second?.extracted.started === best.extracted.started) return { student, files, refused: severalFiles(files) };
  const notices = files.length > 1 ? [choseAmong(best.file, files)] : [];
  return toSubmission(student, best.file, best.source, best.extracted, notices);
}

function toSubmission(
  student: string,
  file: string,
  source: Source,
  { program, exercises, missing, origins, notices }: Extracted,
  more: readonly string[],
): Submission {
  return {
    student,
    files: [file],
    program,
    exercises,
    answers: source.answers,
    notices: [...more, ...source.notices, ...notices],
    missing,
    origins,
  };
}

type ReadFile = { readonly source: Source; readonly extracted: Extracted } | { readonly refused: string };

function readFile(path: string, expected: readonly ExpectedExercise[], options: ExtractOptions): ReadFile {
  try {
    const source = readSource(path, expected);
    const size = source.pieces.reduce((sum, { text }) => sum + text.length, 0);
    if (size > maxCodeMb * 2 ** 20) throw new IntakeError(tooMuchCode(maxCodeMb));
    const extracted = extract(source.pieces, expected, options);
    if (extracted.exercises.size === 0) throw new IntakeError(whyNothing(extracted));
    return { source, extracted };
  } catch (error) {
    return { refused: explain(error) };
  }
}

/** A notebook with its figures weighs some megabytes. */
const maxFileMb = 200;
const maxCodeMb = 1;

function readSource(path: string, expected: readonly ExpectedExercise[]): Source {
  const megabytes = statSync(path).size / 2 ** 20;
  if (megabytes > maxFileMb) throw new IntakeError(tooBig(Math.ceil(megabytes), maxFileMb));
  const { text, notices } = decodeText(readFileSync(path));
  if (!/\.ipynb$/i.test(path)) return { pieces: [{ place: basename(path), text }], answers: new Map(), notices };
  const source = readNotebook(text, expected);
  return { ...source, notices: [...notices, ...source.notices] };
}

/** What tells most first: a syntax error, a refused import, a name that is nearly right. */
function whyNothing({ notices, missing }: Extracted): string {
  const plain = new Set([...missing.values()].filter((reason) => /introuvable\.$/.test(reason)));
  return [noExercise, ...notices.filter((notice) => !plain.has(notice)).slice(0, 4)].join(" ");
}

function explain(error: unknown): string {
  if (error instanceof IntakeError) return error.message;
  if (error instanceof RangeError) return tooDeep; // the parser's stack
  if ((error as NodeJS.ErrnoException).syscall !== undefined) return unreadable(codeOf(error));
  return ourFault(String(error)); // one submission's oddity never stops a class
}
