// One fault that all tests of an exercise, or of a submission, have: it is said once above them.
import type { StudentReport, StudentTest } from "../judge/verdict.js";
import type { Words } from "./words.js";

export const saidOf = ({ message, verdict }: StudentTest, words: Words): string => message || words.verdict[verdict];

/** What all tests failed of, where there are several exercises. */
export const submissionFault = ({ exercises }: StudentReport, words: Words): string | undefined =>
  exercises.length < 2
    ? undefined
    : sharedFault(
        exercises.flatMap(({ tests }) => tests),
        words,
      );

/** What each of `tests` failed of; undefined where one passes, where two failed differently, and for one test alone. */
export function sharedFault(tests: readonly StudentTest[], words: Words): string | undefined {
  const [first] = tests;
  if (first === undefined || tests.length === 1) return undefined;
  const fault = saidOf(tests.find(({ visibility }) => visibility === "visible") ?? first, words);
  const isShared = (test: StudentTest): boolean => {
    if (test.verdict !== first.verdict || test.verdict === "correct") return false;
    const said = saidOf(test, words);
    return said === fault || (test.visibility === "hidden" && isWithoutDetail(said, fault));
  };
  return tests.every(isShared) ? fault : undefined;
}

/** A hidden test names the class of an error, and leaves its place and its text out. */
function isWithoutDetail(said: string, fault: string): boolean {
  const [, beginning, name] = /^(.+) \(([A-Za-z]{1,40})\)\.$/s.exec(said) ?? [];
  return beginning !== undefined && fault.startsWith(beginning) && new RegExp(`\\s: ${name}\\s: `).test(fault);
}
