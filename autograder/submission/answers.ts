// The answers in words: from the cells made for them, or from under the question where these have been lost.
import type { MarkedCell } from "./mark-cell.js";
import { answersUnderTitles, emptyAnswer } from "./messages.fr.js";

export interface Answers {
  /** By question id, as Markdown. */
  readonly answers: ReadonlyMap<string, string>;
  readonly notices: readonly string[];
}

export function readAnswers(cells: readonly MarkedCell[], tp: string): Answers {
  const answers = fromTheirCells(cells);
  const found = underTitles(cells, tp).filter(({ question }) => !cells.some((cell) => cell.question === question));
  for (const { question, answer } of found) answers.set(question, answer);
  return { answers, notices: found.length === 0 ? [] : [answersUnderTitles(found.map(({ question }) => question))] };
}

/** The answer of a question; where its cell was left alone, the text cells that the student added right under it. */
function fromTheirCells(cells: readonly MarkedCell[]): Map<string, string> {
  const answers = new Map<string, string>();
  for (const [i, { question, text }] of cells.entries()) {
    if (question === undefined) continue;
    const answer = isAnswer(text) ? text.trim() : addedTextAfter(cells, i);
    if (answer !== "") answers.set(question, answer);
  }
  return answers;
}

function addedTextAfter(cells: readonly MarkedCell[], question: number): string {
  const after = cells.slice(question + 1);
  const end = after.findIndex(({ isAdded, isCode }) => !isAdded || isCode);
  return joinTexts(after.slice(0, end === -1 ? after.length : end));
}

/** `### Question 2`, then text up to the next title: what is left when no cell says any more what it is for. */
function underTitles(cells: readonly MarkedCell[], tp: string): { question: string; answer: string }[] {
  return cells.flatMap((title, i) => {
    const number = title.isCode ? undefined : /^#{1,6}\s+Question\s+(\d{1,2})\b/.exec(title.text)?.[1];
    if (number === undefined) return [];
    const after = cells.slice(i + 1);
    const end = after.findIndex(({ isCode, text }) => isCode || /^#{1,6}\s/.test(text));
    const answer = joinTexts(after.slice(0, end === -1 ? after.length : end));
    return isAnswer(answer) ? [{ question: `${tp}.q${number}`, answer }] : [];
  });
}

const joinTexts = (cells: readonly MarkedCell[]): string =>
  cells
    .map(({ text }) => text.trim())
    .filter(isAnswer)
    .join("\n\n");

const isAnswer = (text: string): boolean => text.trim() !== "" && text.trim() !== emptyAnswer;
