// One file to its pieces of code and its answers: a notebook or code, whatever its name says and its editor did.
import { collectFile, collectorFor } from "./collect-bytes.js";
import { withoutFences } from "./fences.js";
import type { WorkFile } from "./hand-in.js";
import { IntakeError } from "./intake-error.js";
import { conflictSides } from "./merge-conflict.js";
import { answersCommented, conflict, misnamedCode, misnamedNotebook, sameInBoth, shown } from "./messages.fr.js";
import { expectModest } from "./modest-code.js";
import { readNotebook } from "./notebook.js";
import { answersInComments, numberedAnswers } from "./numbered-answers.js";
import type { Source } from "./piece.js";
import { decodeText, type ReadText } from "./read-text.js";
import { isSound } from "./statements.js";
import { type ExpectedExercise, tpOf } from "./submission.js";

/** @throws IntakeError when it cannot be read; what `fs` throws */
export function readSource(file: WorkFile, expected: readonly ExpectedExercise[]): Source {
  const { text, notices } = textOf(file);
  const source = readSides(file.name.slice(file.name.lastIndexOf("/") + 1), text, expected);
  return { ...source, notices: [...notices, ...source.notices] };
}

const textOf = (file: WorkFile): ReadText =>
  decodeText("bytes" in file ? file.bytes : collectFile(file.path, collectorFor(file.name)));

/** The answers in words of a text beside the work. */
export function readAnswersOf(file: WorkFile, expected: readonly ExpectedExercise[]): ReadonlyMap<string, string> {
  return numberedAnswers([textOf(file).text], tpOf(expected));
}

/** Where git left two versions: what they agree on, which is all of it when only outputs differ. */
function readSides(name: string, text: string, expected: readonly ExpectedExercise[]): Source {
  const sides = conflictSides(text);
  if (sides === undefined) return readText(name, text, expected);
  const ours = readText(name, sides.ours, expected);
  if (workOf(ours) !== workOf(readText(name, sides.theirs, expected))) throw new IntakeError(conflict(sides.line));
  return { ...ours, notices: [sameInBoth, ...ours.notices] };
}

const workOf = ({ pieces, answers }: Source): string =>
  JSON.stringify([pieces.map(({ text }) => text.trim()).filter(Boolean), [...answers]]);

function readText(name: string, text: string, expected: readonly ExpectedExercise[]): Source {
  const saysNotebook = /\.ipynb$/i.test(name);
  if (isNotebook(text) || (saysNotebook && !isCode(text, expected))) {
    const source = readNotebook(text, expected);
    return { ...source, notices: [...(saysNotebook ? [] : [misnamedNotebook(name)]), ...source.notices] };
  }
  expectModest([{ text }]);
  const answers = answersInComments(text, tpOf(expected));
  const isNamedCode = /\.[mc]?ts$/i.test(name);
  return {
    isNotebook: false,
    pieces: [{ place: shown(name), text: withoutFences(text) }],
    answers,
    notices: [
      ...(isNamedCode ? [] : [misnamedCode(name)]),
      ...(answers.size === 0 ? [] : [answersCommented([...answers.keys()])]),
    ],
  };
}

/** By its first key; TypeScript may begin with a brace, but with no quoted key. */
const isNotebook = (text: string): boolean =>
  /^\s*\{\s*"(?:cells|metadata|nbformat(?:_minor)?|worksheets)"\s*:/.test(text);

const isCode = (text: string, expected: readonly ExpectedExercise[]): boolean =>
  !/^\s*["[{]/.test(text) && expected.some(({ name }) => text.includes(name)) && isSound(text);
