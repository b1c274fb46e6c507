// A student's notebook as pieces of code and answers. Tolerant: what is not needed may be wrong; outputs are dropped.
import { IntakeError } from "./intake-error.js";
import {
  cellPlace,
  emptyAnswer,
  noCells,
  notJson,
  notNotebook,
  oldNotebook,
  readAsCode,
  truncated,
} from "./messages.fr.js";
import type { Piece, Source } from "./piece.js";
import type { ExpectedExercise } from "./submission.js";

interface Cell {
  readonly position: number;
  readonly isCode: boolean;
  readonly text: string;
  readonly exercise: string | undefined;
  readonly question: string | undefined;
  /** Written by the student: the course marks its own cells. */
  readonly isAdded: boolean;
}

/** @throws IntakeError when it is no notebook of format 4 with code in it */
export function readNotebook(text: string, expected: readonly ExpectedExercise[]): Source {
  const ids = new Set(expected.map(({ id }) => id));
  const cells = cellsOf(parseJson(text)).map((cell, i) => readCell(cell, i + 1, ids));
  const code = cells.filter(({ isCode, exercise }) => isCode || exercise !== undefined);
  if (code.every((cell) => cell.text.trim() === "")) throw new IntakeError(noCells);
  return {
    pieces: code.map(toPiece),
    answers: readAnswers(cells),
    notices: code.filter(({ isCode }) => !isCode).map(({ position }) => readAsCode(cellPlace(position))),
  };
}

function toPiece({ position, text, exercise }: Cell): Piece {
  return { place: cellPlace(position), text, ...(exercise === undefined ? {} : { exercise }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const endsEarly = /end of JSON|Unterminated/.test((error as Error).message) || !/\}\s*$/.test(text);
    throw new IntakeError(/^\s*\{/.test(text) && endsEarly ? truncated : notJson);
  }
}

function cellsOf(value: unknown): readonly unknown[] {
  const notebook = asRecord(value);
  const format = notebook["nbformat"];
  if (typeof format === "number" && format < 4) throw new IntakeError(oldNotebook(format));
  if (!Array.isArray(notebook["cells"])) throw new IntakeError(notNotebook);
  return notebook["cells"];
}

function readCell(value: unknown, position: number, ids: ReadonlySet<string>): Cell {
  const cell = asRecord(value);
  const course = asRecord(asRecord(cell["metadata"])["retroprop"]);
  // A cell keeps its id where a tool dropped its metadata: `tp1-backward-nll`, `tp1-q2`.
  const id = typeof cell["id"] === "string" ? cell["id"].replace("-", ".") : "";
  const exercise = course["exercise"] ?? id;
  const question = course["question"] ?? (/^tp\d+\.q\d+$/.test(id) ? id : undefined);
  return {
    position,
    isCode: cell["cell_type"] === "code",
    text: joinLines(cell["source"]),
    exercise: typeof exercise === "string" && ids.has(exercise) ? exercise : undefined,
    question: typeof question === "string" ? question : undefined,
    isAdded: Object.keys(course).length === 0 && !ids.has(id) && question === undefined,
  };
}

/** The answer of a question; where its cell was left alone, the text cells that the student added right under it. */
function readAnswers(cells: readonly Cell[]): Map<string, string> {
  const answers = new Map<string, string>();
  for (const [i, { question, text }] of cells.entries()) {
    if (question === undefined) continue;
    const answer = isAnswer(text) ? text.trim() : addedTextAfter(cells, i);
    if (answer !== "") answers.set(question, answer);
  }
  return answers;
}

function addedTextAfter(cells: readonly Cell[], question: number): string {
  const after = cells.slice(question + 1);
  const end = after.findIndex(({ isAdded, isCode }) => !isAdded || isCode);
  return after
    .slice(0, end === -1 ? after.length : end)
    .map(({ text }) => text.trim())
    .join("\n\n")
    .trim();
}

const isAnswer = (text: string): boolean => text.trim() !== "" && text.trim() !== emptyAnswer;

function joinLines(source: unknown): string {
  const text = Array.isArray(source) ? source.filter((line) => typeof line === "string").join("") : source;
  return typeof text === "string" ? text.replace(/\r\n?/g, "\n") : "";
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
