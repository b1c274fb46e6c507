// Which exercise or question a cell is for: what the course wrote on it, wherever a tool left that.
import type { Cell } from "./cells.js";

/** A cell, and what of the course it is for. */
export interface MarkedCell extends Cell {
  /** One that the course wrote it for; several where the student answers them anew. */
  readonly exercises: readonly string[];
  readonly question: string | undefined;
  /** Written by the student: the course marks its own cells. */
  readonly isAdded: boolean;
}

/** By its metadata; by its id where a tool dropped these: `tp1-backward-nll`, `tp1-q2`. */
export function markCell(cell: Cell, ids: ReadonlySet<string>): MarkedCell {
  const { course } = cell;
  // Some tools give one id to several cells: it says nothing beside what the course wrote.
  const id = Object.keys(course).length === 0 ? cell.id : "";
  const exercise = course["exercise"] ?? id;
  const question = course["question"] ?? (isQuestion(id) ? id : undefined);
  return {
    exercises: typeof exercise === "string" && ids.has(exercise) ? [exercise] : [],
    question: typeof question === "string" ? question : undefined,
    isAdded: Object.keys(course).length === 0 && !ids.has(id) && question === undefined,
    ...cell, // V8 takes many times longer where it stands first
  };
}

const isQuestion = (id: string): boolean => /^tp\d+\.q\d+$/.test(id);
