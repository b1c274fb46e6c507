// A student's notebook as pieces of code and answers. Tolerant: what is not needed may be wrong; outputs are dropped.
import { declarationOf, ofCheckBelow, ofExerciseAbove } from "./added-cells.js";
import { readAnswers } from "./answers.js";
import { readCells } from "./cells.js";
import { withoutFences } from "./fences.js";
import { IntakeError } from "./intake-error.js";
import { joinSplitCells } from "./join-split-cells.js";
import { type MarkedCell, markCell } from "./mark-cell.js";
import { conflictSides } from "./merge-conflict.js";
import {
  cellPlace,
  conflictInCell,
  conflictWithStub,
  cutWithout,
  noCells,
  otherTp,
  pointsChanged,
  readAsCode,
  readAsText,
  testCellChanged,
  unfinished,
  unknownExercise,
} from "./messages.fr.js";
import { expectModest } from "./modest-code.js";
import { parseNotebook } from "./notebook-json.js";
import type { Piece, Source } from "./piece.js";
import { isSound } from "./statements.js";
import { type ExpectedExercise, tpOf } from "./submission.js";

/** @throws IntakeError when it is no notebook, that of another TP, or one without code */
export function readNotebook(text: string, expected: readonly ExpectedExercise[]): Source {
  const { value, notices, cutAfter } = parseNotebook(text);
  const read = readCells(value);
  const ids = new Set(expected.map(({ id }) => id));
  const tp = tpOf(expected);
  const marked = read.cells.map((cell) => markCell(cell, ids));
  const cells = ofCheckBelow(ofExerciseAbove(marked), expected);
  refuseOtherTp(tp, read.course["tp"], cells);
  const code = codeCells(cells, expected);
  const answers = readAnswers(cells, tp);
  if (code.every((cell) => cell.text.trim() === "") && answers.answers.size === 0) {
    throw new IntakeError(cutAfter === undefined ? noCells : cutWithout(cutAfter, expected.length));
  }
  expectModest(code);
  const parted = code.map((cell) => withoutConflict(toPiece(cell)));
  const pieces = joinSplitCells(parted.map(({ piece }) => piece));
  return {
    isNotebook: true,
    pieces: pieces.pieces,
    answers: answers.answers,
    notices: [
      ...notices,
      ...read.notices,
      ...parted.flatMap(({ notices }) => notices).slice(0, mostRemarks),
      ...remarks(cells, code, expected),
      ...pieces.notices,
      ...answers.notices,
    ],
    ...(cutAfter === undefined ? {} : { cutAfter }),
  };
}

/** One that holds an exercise of this TP is of this TP, whatever its metadata say. */
function refuseOtherTp(tp: string, told: unknown, cells: readonly MarkedCell[]): void {
  if (cells.some(({ exercises }) => exercises.length > 0)) return;
  const other = typeof told === "string" && /^tp\d+$/.test(told) ? told : tpOfExercises(cells);
  if (other !== undefined && other !== tp) throw new IntakeError(otherTp(other, tp));
}

const tpOfExercises = (cells: readonly MarkedCell[]): string | undefined =>
  cells.map(({ course, id }) => /^(tp\d+)\.[a-z]/.exec(String(course["exercise"] ?? id))?.[1]).find(Boolean);

/** Code cells, those of exercises whatever their type, and text cells that hold an exercise which no code cell holds. */
function codeCells(cells: readonly MarkedCell[], expected: readonly ExpectedExercise[]): readonly MarkedCell[] {
  const isPlain = ({ isCode, question }: MarkedCell) => isCode && question === undefined;
  const code = cells
    .filter(isPlain)
    .map(({ text }) => text)
    .join("\n");
  const lost = expected.map(({ name }) => declarationOf(name)).filter((declaration) => !declaration.test(code));
  return cells.filter((cell) => {
    if (isPlain(cell) || (cell.exercises.length > 0 && (cell.isCode || hasCode.test(cell.text)))) return true;
    if (cell.text.length > longestText) return false;
    return lost.some((declaration) => declaration.test(cell.text)) && isSound(withoutFences(cell.text));
  });
}

const hasCode = /\b(?:function|class|const|let)\b|=>/;
const longestText = 100_000;

function toPiece({ position, text, exercises, ran }: MarkedCell): Piece {
  return {
    place: cellPlace(position),
    text: withoutFences(text),
    ...(exercises.length === 0 ? {} : { exercises }),
    ...(ran === undefined ? {} : { ran }),
  };
}

/** Where git left two versions of a cell's code, the first is read, which whoever merged had, unless that one is to do. */
function withoutConflict(piece: Piece): { piece: Piece; notices: string[] } {
  const sides = conflictSides(piece.text);
  if (sides === undefined) return { piece, notices: [] };
  const isToDo = sides.ours.includes(unfinished) && !sides.theirs.includes(unfinished);
  const [text, say] = isToDo ? [sides.theirs, conflictWithStub] : [sides.ours, conflictInCell];
  return { piece: { ...piece, text }, notices: [say(piece.place, sides.line)] };
}

/** What was read otherwise than it stands, and what was changed that has no effect on the marks. */
function remarks(
  cells: readonly MarkedCell[],
  code: readonly MarkedCell[],
  expected: readonly ExpectedExercise[],
): string[] {
  const tp = tpOf(expected);
  const changed = cells.filter(({ course, text }) => course["kind"] === "check" && !/\bcheck\s*\(/.test(text));
  const words = cells.filter((cell) => cell.isCode && !code.includes(cell) && cell.text.trim() !== "");
  return [
    ...code.filter(({ isCode }) => !isCode).map(({ position }) => readAsCode(cellPlace(position))),
    ...words.map(({ position }) => readAsText(cellPlace(position))),
    ...changed.map(({ position }) => testCellChanged(cellPlace(position))),
    ...changedPoints(cells, expected),
    ...unknownExercises(cells, tp),
  ].slice(0, mostRemarks);
}

const mostRemarks = 12;

/** Forged, or of an edition that gave other points: staff are told, the marks are those of the tests. */
function changedPoints(cells: readonly MarkedCell[], expected: readonly ExpectedExercise[]): string[] {
  return cells.flatMap(({ position, course, exercises }) => {
    const worth = expected.find(({ id }) => exercises.includes(id))?.points;
    const isChanged = worth !== undefined && course["points"] !== undefined && course["points"] !== worth;
    return isChanged ? [pointsChanged(cellPlace(position))] : [];
  });
}

/** Of an edition that asked for something else. */
function unknownExercises(cells: readonly MarkedCell[], tp: string): string[] {
  return cells.flatMap(({ position, course, exercises }) => {
    const told = course["exercise"];
    const isOurs = typeof told === "string" && told.length < 60 && told.startsWith(`${tp}.`);
    return isOurs && exercises.length === 0 ? [unknownExercise(cellPlace(position), told)] : [];
  });
}
