// What a check found: a MIME bundle, so that a notebook shows it as the value of a cell; the same text elsewhere.
import { inspect } from "node:util";
import { checkWords, frenchSpaces } from "./messages.fr.js";
import type { Evidence, ExerciseResult, StudentTest } from "./verdict.js";

export class CheckResult {
  readonly passed: boolean;
  readonly tests: readonly StudentTest[];
  readonly "text/plain": string;
  readonly "text/html": string;

  constructor(name: string, { tests, advice }: ExerciseResult<StudentTest>) {
    this.tests = tests;
    this.passed = tests.every(isCorrect);
    const heading = frenchSpaces(checkWords.heading(name, tests.filter(isCorrect).length, tests.length));
    const first = advice === undefined ? [] : [advice];
    this["text/plain"] = [heading, ...first, ...tests.map(plainTest)].join("\n");
    const html = first.map((sentence) => `<p style="margin:.4em 0">${escapeHtml(sentence)}</p>`);
    this["text/html"] =
      `<div><strong>${escapeHtml(heading)}</strong>${[...html, ...tests.map(htmlTest)].join("")}</div>`;
  }

  toString(): string {
    return this["text/plain"];
  }

  /** Stock tslab prints the value of a cell as `console.log` does. */
  [inspect.custom](): string {
    return this["text/plain"];
  }
}

const isCorrect = ({ verdict }: StudentTest): boolean => verdict === "correct";
const markOf = (test: StudentTest): string => (isCorrect(test) ? "✓" : "✗");

/** The message first, then expected, received, where. */
function plainTest(test: StudentTest): string {
  const lines = [`${markOf(test)} ${frenchSpaces(test.title)}`];
  if (test.message !== "") lines.push(`    ${test.message}`);
  for (const [word, text] of evidenceOf(test)) lines.push(`    ${word.padEnd(7)} : ${text}`);
  return lines.join("\n");
}

function htmlTest(test: StudentTest): string {
  const color = isCorrect(test) ? "#1a7f37" : "#b42318";
  const rows = evidenceOf(test).map(([word, text]) => `<br>${word} : <code>${escapeHtml(text)}</code>`);
  const message = test.message === "" ? "" : `<br><em>${escapeHtml(test.message)}</em>`;
  const title = escapeHtml(frenchSpaces(test.title));
  const mark = `<span style="color:${color}">${markOf(test)}</span>`;
  return `<p style="margin:.4em 0 .4em 1.2em;text-indent:-1.2em">${mark} ${title}${message}${rows.join("")}</p>`;
}

function evidenceOf(test: StudentTest): readonly (readonly [string, string])[] {
  const evidence: Evidence = test.visibility === "visible" ? (test.evidence ?? {}) : {};
  const rows = [
    [checkWords.expected, evidence.expected],
    [checkWords.received, evidence.received],
    [checkWords.where, evidence.where],
  ] as const;
  return rows.flatMap(([word, text]) => (text === undefined ? [] : [[word, text] as const]));
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character]!);
