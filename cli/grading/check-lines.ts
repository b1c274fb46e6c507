// What `retroprop check` says: per exercise what passes, per failed test the message, then the evidence.
import type { ExerciseResult, StudentTest } from "../../autograder/judge/verdict.js";
import { plainText } from "../../autograder/report/plain-text.js";
import type { Terminal } from "../terminal.js";
import type { Checked } from "./checker.js";
import { allPass, checkLabels, exerciseLine, refusedFile, someFail } from "./messages.fr.js";

export function isPassed(checked: Checked): boolean {
  return !("refused" in checked) && testsOf(checked).every(({ verdict }) => verdict === "correct");
}

export function exerciseLines({ title, advice, tests }: ExerciseResult<StudentTest>, terminal: Terminal): string[] {
  const passed = tests.filter(({ verdict }) => verdict === "correct").length;
  const heading = `${sign(passed === tests.length, terminal)} ${exerciseLine(title, passed, tests.length)}`;
  // One message for a function that is not there yet is enough.
  const failed = tests.filter(({ verdict }) => verdict !== "correct");
  const told = failed.filter(({ message }, i) => failed.findIndex((other) => other.message === message) === i);
  const first = advice === undefined ? [] : [`  ${advice}`];
  return [heading, ...first, ...told.flatMap((test) => failureLines(test, terminal))];
}

function failureLines(test: StudentTest, terminal: Terminal): string[] {
  const evidence = test.visibility === "visible" ? (test.evidence ?? {}) : {};
  const entries = (["expected", "received", "where"] as const).flatMap((key) => {
    const value = evidence[key];
    return value === undefined ? [] : [`${checkLabels[key]} : ${value}`];
  });
  return [
    `  ${sign(false, terminal)} ${plainText(test.title)}`,
    ...indented(test.message, 4),
    ...entries.flatMap((entry) => indented(entry, 6).map((line) => terminal.style("dim", line))),
  ];
}

export function closingLines(checked: Checked, file: string, terminal: Terminal): string[] {
  if ("refused" in checked) return [`${sign(false, terminal)} ${refusedFile(file, plainText(checked.refused))}`];
  const tests = testsOf(checked);
  const failed = tests.filter(({ verdict }) => verdict !== "correct").length;
  const notices = checked.notices.map((notice) => terminal.style("yellow", `! ${plainText(notice)}`));
  return ["", ...notices, failed === 0 ? allPass : someFail(failed, tests.length)];
}

const testsOf = ({ exercises }: Exclude<Checked, { readonly refused: string }>): readonly StudentTest[] =>
  exercises.flatMap(({ tests }) => tests);

const sign = (passed: boolean, terminal: Terminal): string =>
  passed ? terminal.style("green", "✓") : terminal.style("red", "✗");

const indented = (text: string, by: number): string[] =>
  plainText(text)
    .split("\n")
    .map((line) => " ".repeat(by) + line);
