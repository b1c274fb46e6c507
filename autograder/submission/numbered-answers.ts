// Answers that say of which question they are, `**Question 2** : …`: in a text of the student's, or in comments of code.
import { emptyAnswer } from "./messages.fr.js";

/** How a line says it: `**Question 2**`, `> Q2.`; on one line, or newlines without end take minutes. */
const numberStart = String.raw`^[#*_> \t]*Q(?:uestion)?[ \t]{0,3}\.?[ \t]{0,3}`;
const numberLine = new RegExp(`${numberStart}(\\d{1,2})\\b[*_]*`, "im");
const beforeNumberLine = new RegExp(`(?=${numberStart}\\d{1,2}\\b)`, "im");

export const saysQuestion = (text: string): boolean => numberLine.test(text);

/** By question id; the last of a question. */
export function numberedAnswers(texts: readonly string[], tp: string): Map<string, string> {
  const parts = texts.flatMap((text) => text.split(beforeNumberLine));
  return new Map(
    parts.flatMap((part) => {
      const number = numberLine.exec(part)?.[1];
      const answer = part
        .replace(numberLine, "")
        .replace(/^[\s:.)–-]+/, "")
        .trim();
      const isNone = number === undefined || answer === "" || answer.endsWith(emptyAnswer);
      return isNone ? [] : [[`${tp}.q${Number(number)}`, answer]];
    }),
  );
}

/** Of code that was handed in without a notebook: lines of comments, with what is empty between them. */
export const answersInComments = (code: string, tp: string): Map<string, string> =>
  numberedAnswers(commentsOf(code), tp);

/** Whole lines of comments that follow each other, without their marks nor those of cells (`// %%`). */
function commentsOf(code: string): string[] {
  const comments: string[][] = [];
  let [isBlock, isOpen] = [false, false];
  for (const line of code.split("\n")) {
    const starts = /^\s*\/\*/.test(line);
    const isComment = isBlock || starts || /^\s*\/\//.test(line);
    if (isComment && !isOpen) comments.push([]);
    if (isComment || line.trim() !== "") isOpen = isComment;
    if (isOpen) comments.at(-1)?.push(withoutMarks(line));
    isBlock = (isBlock || starts) && !line.includes("*/");
  }
  return comments.map((lines) => lines.join("\n"));
}

const withoutMarks = (line: string): string =>
  line
    .replace(/^\s*(?:\/\/ ?|\/\*+ ?|\*(?!\*|\/) ?)/, "")
    .replace(/\*\/\s*$/, "")
    .replace(/^%%.*$/, "");
