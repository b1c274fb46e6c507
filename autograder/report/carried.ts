// Both marks of an exercise that was graded again with the solution of others in place: as words, for a table, for staff.
import type { CarriedForward, ExerciseResult, StaffReport, StaffTest } from "../judge/verdict.js";
import { tidy } from "./graded-class.js";
import { share, type Words } from "./words.js";

/** `Avec votre code : 0,5 / 3 ; avec la correction de … : 2,5 / 3 (retenu).`, then what the better mark still lacks. */
export function carriedLine({ carried, points }: ExerciseResult<unknown>, words: Words): string | undefined {
  if (carried === undefined) return undefined;
  const kept = (isKept: boolean, earned: number): string =>
    `${share(words, earned, points)}${isKept ? ` (${words.carriedKept})` : ""}`;
  const gains = gainOf(carried) > 0;
  const ids = carried.replaced.map(({ id }) => `\`${id}\``);
  const marks = words.carried(kept(!gains, carried.own), kept(gains, carried.withSolution), ids);
  const missing = tidy(points - Math.max(carried.own, carried.withSolution));
  return [marks, words.carriedWhy(missing), ...(gains ? [words.carriedTests] : [])].join(" ");
}

/** `tp1.backward-nll 0.5 -> 3 (tp1.softmax)`, one an exercise: with the student's own code, then with the solution. */
export function carriedMarks({ exercises }: { readonly exercises: readonly ExerciseResult<unknown>[] }): string[] {
  return exercises.flatMap(({ id, carried }) => {
    if (carried === undefined) return [];
    const replaced = carried.replaced.map((one) => one.id).join(" ");
    return [`${id} ${tidy(carried.own)} -> ${tidy(carried.withSolution)} (${replaced})`];
  });
}

/** What it brings beyond the tests of the student's own code. */
export const gainOf = ({ own, withSolution }: CarriedForward): number => Math.max(0, tidy(withSolution - own));

/** Without the tests that pass once what the exercise uses is right: they show no mistake of its own. */
export function testsOfItsOwn(
  report: StaffReport,
  { id, tests, carried }: ExerciseResult<StaffTest>,
): readonly StaffTest[] {
  if (carried === undefined || gainOf(carried) === 0) return tests;
  const passed = new Set(
    testsAgain(report, id)
      .filter(({ verdict }) => verdict === "correct")
      .map(({ title }) => title),
  );
  return tests.filter(({ title }) => !passed.has(title));
}

/** The tests that fail with the solution in place too: for staff, since a student reads marks only of that run. */
export const failedAgain = (report: StaffReport, id: string): readonly string[] =>
  testsAgain(report, id)
    .filter(({ verdict }) => verdict !== "correct")
    .map(({ title }) => title);

const testsAgain = ({ carriedRuns = [] }: StaffReport, id: string) =>
  carriedRuns.find(({ exercise }) => exercise === id)?.tests ?? [];

/** Exercises that should have been graded again and could not be, with the reason. */
export const uncutOf = ({ carriedRuns = [] }: StaffReport): { readonly exercise: string; readonly uncut: string }[] =>
  carriedRuns.flatMap(({ exercise, uncut }) => (uncut === undefined ? [] : [{ exercise, uncut }]));
