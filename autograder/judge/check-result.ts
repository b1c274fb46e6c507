// What a check found, for who reads it in a notebook, in a terminal, or in the page, which keeps count of the exercises.
import { inspect } from "node:util";
import { checkWords, frenchSpaces } from "./messages.fr.js";
import type { Evidence, ExerciseResult, StudentTest } from "./verdict.js";

/** Under which the page finds how far an exercise is, in the outputs of a notebook. Other front ends show the HTML. */
export const checkMimeType = "application/vnd.retroprop.check+json";

/** What is under {@link checkMimeType}: counts and names of ours, nothing that a student's code could have written. */
export interface CheckSummary {
  readonly exercise: string;
  readonly name: string;
  readonly passed: number;
  readonly tests: number;
}

/** How a value says what it looks like: the kernel calls it for the value of a cell, `show` for what it is given. */
const displaySymbol: unique symbol = Symbol.for("Jupyter.display");

export class CheckResult {
  readonly passed: boolean;
  readonly tests: readonly StudentTest[];
  readonly #summary: CheckSummary;
  readonly #text: string;
  readonly #html: string;

  constructor(name: string, { id, tests, advice }: ExerciseResult<StudentTest>) {
    this.tests = tests;
    this.passed = tests.every(isCorrect);
    this.#summary = { exercise: id, name, passed: tests.filter(isCorrect).length, tests: tests.length };
    const heading = frenchSpaces(checkWords.heading(name, this.#summary.passed, tests.length));
    const first = advice === undefined ? [] : [advice];
    this.#text = [heading, ...first, ...tests.map(plainTest)].join("\n");
    const html = first.map((sentence) => `<p style="margin:.4em 0">${escapeHtml(sentence)}</p>`);
    this.#html = `<div><strong>${escapeHtml(heading)}</strong>${[...html, ...tests.map(htmlTest)].join("")}</div>`;
  }

  toString(): string {
    return this.#text;
  }

  /** By MIME type. */
  [displaySymbol](): { readonly [mimeType: string]: string | CheckSummary } {
    return { "text/plain": this.#text, "text/html": this.#html, [checkMimeType]: this.#summary };
  }

  /** Stock tslab prints the value of a cell as `console.log` does. */
  [inspect.custom](): string {
    return this.#text;
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
  const ground = isCorrect(test) ? "#1a7f37" : "#b42318";
  const rows = evidenceOf(test).map(([word, text]) => `<br>${word} : <code>${escapeHtml(text)}</code>`);
  const message = test.message === "" ? "" : `<br><em>${escapeHtml(test.message)}</em>`;
  const title = escapeHtml(frenchSpaces(test.title));
  // White on its own ground: legible on any page, light or dark.
  const mark = `<span style="background-color:${ground};color:#ffffff;border-radius:3px;padding:0 .25em">${markOf(test)}</span>`;
  return `<p style="margin:.4em 0 .4em 1.6em;text-indent:-1.6em">${mark} ${title}${message}${rows.join("")}</p>`;
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
