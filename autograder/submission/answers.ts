// The answers in words: from the cells made for them, from around these, or from under the question where they are lost.
import type { MarkedCell } from "./mark-cell.js";
import { answersElsewhere, answersJoined, answersUnderTitles, emptyAnswer } from "./messages.fr.js";
import { numberedAnswers, saysQuestion } from "./numbered-answers.js";

export interface Answers {
  /** By question id, as Markdown. */
  readonly answers: ReadonlyMap<string, string>;
  readonly notices: readonly string[];
}

export function readAnswers(cells: readonly MarkedCell[], tp: string): Answers {
  const { answers, elsewhere, joined } = ofTheirCells(cells, numbered(cells, tp));
  const found = underTitles(cells, tp).filter(({ question }) => !cells.some((cell) => cell.question === question));
  for (const { question, answer } of found) answers.set(question, answer);
  return {
    answers,
    notices: [
      ...(elsewhere.length === 0 ? [] : [answersElsewhere(elsewhere)]),
      ...(joined.length === 0 ? [] : [answersJoined(joined)]),
      ...(found.length === 0 ? [] : [answersUnderTitles(found.map(({ question }) => question))]),
    ],
  };
}

/**
 * What stands in the cells of a question, and below them where the student went on; where they were left alone, what the
 * student wrote nearest to them.
 */
function ofTheirCells(cells: readonly MarkedCell[], byNumber: ReadonlyMap<string, string>) {
  const answers = new Map<string, string>();
  const elsewhere: string[] = [];
  const joined: string[] = [];
  for (const question of new Set(cells.flatMap(({ question }) => question ?? []))) {
    const places = cells.flatMap((cell, i) => (cell.question === question ? [i] : []));
    const parts = [...new Set(places.flatMap((place) => writtenAt(cells, place)))];
    const first = places[0]!;
    const own = parts.join("\n\n");
    const answer = own || byNumber.get(question) || addedBefore(cells, first) || belowStatement(cells, first);
    if (answer !== "") answers.set(question, answer);
    if (own === "" && answer !== "") elsewhere.push(question);
    if (parts.length > 1) joined.push(question);
  }
  return { answers, elsewhere, joined };
}

/** What stands in a question's cell and in the text cells added below it, or code of comments where that is all there is. */
function writtenAt(cells: readonly MarkedCell[], place: number): string[] {
  const { text } = cells[place]!;
  if (!isAnswer(text)) return [addedAfter(cells, place)].filter(isAnswer);
  if (!hasMarks(cells)) return [text.trim()];
  const below = whileAdded(cells.slice(place + 1)).filter(({ isCode }) => !isCode);
  return [text.trim(), joinTexts(below)].filter(isAnswer);
}

/** Where a tool dropped the course's marks, the statements of the questions look like the student's own text. */
const hasMarks = (cells: readonly MarkedCell[]): boolean => cells.some(({ course }) => Object.keys(course).length > 0);

const addedAfter = (cells: readonly MarkedCell[], question: number): string =>
  joinTexts(whileAdded(cells.slice(question + 1)));

const addedBefore = (cells: readonly MarkedCell[], question: number): string =>
  joinTexts(whileAdded(cells.slice(0, question).reverse()).reverse());

/** Text cells up to the first that is the course's, a title, code, or says of which questions it is. */
function whileAdded(cells: readonly MarkedCell[]): MarkedCell[] {
  const end = cells.findIndex(
    (cell) => !cell.isAdded || isTitle(cell) || wordsOf(cell) === "" || saysQuestion(cell.text),
  );
  return cells.slice(0, end === -1 ? cells.length : end);
}

/** `Réponse : …`, typed into the cell of the question above, which some editors let one change. */
function belowStatement(cells: readonly MarkedCell[], question: number): string {
  const above = cells.slice(0, question).findLast(({ isAdded, isCode }) => !isAdded && !isCode);
  return above?.question === undefined ? fromAnswerWord(above?.text ?? "") : "";
}

function fromAnswerWord(text: string): string {
  const start = text.search(/^[ \t>*_]*(?:(?:ma|notre|my)[ \t]+)?(?:r[ée]ponse|answer)\b[^\n:]{0,20}:/im);
  return start < 0 ? "" : text.slice(start).trim();
}

/** `**Question 2** : …` in a text of the student's own, which holds several answers. */
function numbered(cells: readonly MarkedCell[], tp: string): Map<string, string> {
  const own = hasMarks(cells) ? cells.filter(({ isAdded, isCode }) => isAdded && !isCode) : [];
  return numberedAnswers(
    own.map(({ text }) => text),
    tp,
  );
}

/** `### Question 2`, then text up to the next title: what is left when no cell says any more what it is for. */
function underTitles(cells: readonly MarkedCell[], tp: string): { question: string; answer: string }[] {
  return cells.flatMap((title, i) => {
    const number = title.isCode ? undefined : /^#{1,6}\s+Question\s+(\d{1,2})\b/.exec(title.text)?.[1];
    if (number === undefined) return [];
    const after = cells.slice(i + 1);
    const end = after.findIndex((cell) => cell.isCode || isTitle(cell));
    const below = joinTexts(after.slice(0, end === -1 ? after.length : end));
    const answer = [fromAnswerWord(title.text), below].filter(isAnswer).join("\n\n");
    return isAnswer(answer) ? [{ question: `${tp}.q${number}`, answer }] : [];
  });
}

const isTitle = ({ isCode, text }: MarkedCell): boolean => !isCode && /^#{1,6}\s/.test(text);

const joinTexts = (cells: readonly MarkedCell[]): string => cells.map(wordsOf).filter(isAnswer).join("\n\n");

/** A text, or code that is nothing but comments: an answer typed into the wrong kind of cell. */
function wordsOf({ isCode, text }: MarkedCell): string {
  if (!isCode) return text.trim() || emptyAnswer;
  const lines = text.trim().split("\n");
  return lines.every((line) => /^\s*(?:\/\/|$)/.test(line))
    ? lines.map((line) => line.replace(/^\s*\/\/ ?/, "")).join("\n")
    : "";
}

const isAnswer = (text: string): boolean => text.trim() !== "" && text.trim() !== emptyAnswer;
