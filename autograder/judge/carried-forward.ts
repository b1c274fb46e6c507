// Error carried forward: which exercises are graded again with the solution in the place of wrong answers they use,
// and what becomes of the two marks: both are kept, the better one counts.
import { frenchSpaces, passesWith } from "./messages.fr.js";
import type { Exercise } from "./spec.js";
import type { CarriedRun, ExerciseResult, StaffTest } from "./verdict.js";
import { isWrong, usedBy } from "./where-to-start.js";

/** Exercises to grade again, in one process, since the same answers are replaced for all of them. */
export interface Carry {
  /** Wrong answers that each of `exercises` uses, in course order; none of `exercises` is among them. */
  readonly replaced: readonly Exercise[];
  readonly exercises: readonly Exercise[];
}

/** Nothing for a submission in which no exercise fails with one that it uses. */
export function whatToCarry(exercises: readonly Exercise[], results: readonly ExerciseResult<StaffTest>[]): Carry[] {
  const wrong = new Set(results.filter(isWrong).map(({ id }) => id));
  const carries = new Map<string, Carry>();
  for (const exercise of exercises) {
    const result = results.find(({ id }) => id === exercise.id);
    const replaced = usedBy(exercise, exercises).filter(({ id }) => wrong.has(id));
    if (result === undefined || replaced.length === 0 || !losesPoints(result)) continue;
    const key = replaced.map(({ id }) => id).join(" ");
    carries.set(key, { replaced, exercises: [...(carries.get(key)?.exercises ?? []), exercise] });
  }
  return [...carries.values()];
}

/** By its own fault: what we could not grade has no mark to be compared with. */
const losesPoints = ({ earned, points, tests }: ExerciseResult<StaffTest>): boolean =>
  earned < points && tests.every(({ verdict }) => verdict !== "not-graded");

/**
 * The result of a student's own code, with the mark that counts once it was graded `again`. Its tests stay its own; of one that
 * passes the second time nothing is said but that, since a diagnosis would accuse an answer that is right.
 */
export function withCarried(
  own: ExerciseResult<StaffTest>,
  again: ExerciseResult<StaffTest>,
  { replaced }: Carry,
): ExerciseResult<StaffTest> {
  const ours = again.tests.find(({ verdict }) => verdict === "not-graded");
  if (ours !== undefined) return notGraded(own, ours);
  const carried = {
    replaced: replaced.map(({ id, title }) => ({ id, title })),
    own: own.earned,
    withSolution: again.earned,
  };
  const passing = new Set(again.tests.filter(({ verdict }) => verdict === "correct").map(({ title }) => title));
  const say = frenchSpaces(passesWith(replaced.map(({ title }) => title)));
  const tests = own.tests.map(({ mistake, ...test }): StaffTest => {
    if (test.verdict !== "correct" && passing.has(test.title)) return { ...test, message: say };
    return mistake === undefined ? test : { ...test, mistake };
  });
  return { ...own, earned: Math.max(own.earned, again.earned), carried, tests };
}

/** By our fault: no mark is given that might be too low. Nothing but that fault is told of the second run. */
function notGraded(own: ExerciseResult<StaffTest>, { verdict, message, staffEvidence }: StaffTest) {
  const told = { earned: 0, verdict, message, ...(staffEvidence === undefined ? {} : { staffEvidence }) };
  const tests = own.tests.map(({ visibility, title, points, milliseconds }): StaffTest => {
    return { visibility, title, points, ...told, milliseconds };
  });
  return { ...own, earned: 0, tests };
}

/**
 * What staff keep of it: how each test ended. What came back is left out, message and all: beside the solution, a student's
 * code can say anything of it.
 */
export function carriedRun({ id, tests }: ExerciseResult<StaffTest>, { replaced }: Carry): CarriedRun {
  return {
    exercise: id,
    replaced: replaced.map((one) => one.id),
    tests: tests.map(({ visibility, title, points, earned, verdict }) => {
      return { visibility, title, points, earned, verdict };
    }),
  };
}

/** The same, where it could not be: `uncut` says why, in French. */
export const uncutRun = ({ id }: Exercise, { replaced }: Carry, uncut: string): CarriedRun & { uncut: string } => ({
  exercise: id,
  replaced: replaced.map((one) => one.id),
  uncut,
  tests: [],
});
