// Exercises stand on one another: which ones an exercise uses, and where to start when it fails with one of them.
import { frenchSpaces, startWith } from "./messages.fr.js";
import type { ExerciseHead } from "./spec.js";
import type { ExerciseResult, Verdict } from "./verdict.js";

/** The exercises that `head` uses, directly or not, in the order of `heads`. */
export function usedBy<Head extends ExerciseHead>(head: ExerciseHead, heads: readonly Head[]): Head[] {
  const ids = new Set(head.uses);
  for (const id of ids) for (const next of heads.find((one) => one.id === id)?.uses ?? []) ids.add(next);
  return heads.filter(({ id }) => ids.has(id));
}

interface Judged {
  readonly id: string;
  readonly tests: readonly { readonly verdict: Verdict }[];
}

/** `result`, with the sentence that says where to start if it fails and one of `others` that it uses fails as well. */
export function withAdvice<Test extends { readonly verdict: Verdict }>(
  result: ExerciseResult<Test>,
  heads: readonly ExerciseHead[],
  others: readonly Judged[],
): ExerciseResult<Test> {
  const head = heads.find(({ id }) => id === result.id);
  if (head === undefined || !isWrong(result)) return result;
  const wrong = new Set(others.filter(isWrong).map(({ id }) => id));
  const first = usedBy(head, heads).find(({ id }) => wrong.has(id));
  return first === undefined ? result : { ...result, advice: frenchSpaces(startWith(first.title)) };
}

/** What could not be graded by our fault says nothing of the code. */
export const isWrong = ({ tests }: Judged): boolean =>
  tests.some(({ verdict }) => verdict !== "correct" && verdict !== "not-graded");
