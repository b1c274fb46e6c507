// What a report is made from: a class once graded, and the few figures that every report shows.

import type { ExerciseResult, StaffReport, StudentReport } from "../judge/verdict.js";
import { outOf } from "../practice/rounding.js";

export interface GradedClass {
  /** `tp1` */
  readonly tp: string;
  readonly title: string;
  /** Secret while students can still hand in: with it, the hidden inputs can be drawn again. */
  readonly seed: number;
  readonly layer: string;
  readonly canaries: readonly { readonly name: string; readonly held: boolean; readonly observed: string }[];
  readonly versions: Readonly<Record<string, string>>;
  readonly graded: readonly Graded[];
}

/** One submission, for staff and for its student. */
export interface Graded {
  readonly staff: StaffReport;
  readonly student: StudentReport;
}

/** `not-graded`: some test could not be run by our fault, so no mark is given. */
export type Status = "graded" | "refused" | "not-graded";

/** As a French list has them: É beside E, and 2 before 10. */
export const byStudent = (a: Graded, b: Graded): number => names.compare(a.staff.student, b.staff.student);

const names = new Intl.Collator("fr", { numeric: true });

type Report = StaffReport | StudentReport;

export function statusOf(report: Report): Status {
  if (report.refused !== undefined) return "refused";
  return testsOf(report).some(({ verdict }) => verdict === "not-graded") ? "not-graded" : "graded";
}

export { outOf };

/** The mark out of 20, to the hundredth; undefined when there is none to give. */
export function markOf(report: Report): number | undefined {
  if (statusOf(report) !== "graded" || report.points === 0) return undefined;
  return Math.round((100 * outOf * report.earned) / report.points) / 100;
}

/** `correct 12, wrong 3`: how many tests ended in each way, the most frequent first. */
export function countVerdicts(report: Report): string {
  const counts = new Map<string, number>();
  for (const { verdict } of testsOf(report)) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted.map(([verdict, count]) => `${verdict} ${count}`).join(", ");
}

/** The exercises of the class: those of the submission that has most, since a refused one has none. */
export function exercisesOf({ graded }: GradedClass): readonly ExerciseResult<unknown>[] {
  const lists = graded.map(({ staff }) => staff.exercises);
  return lists.reduce((longest, list) => (list.length > longest.length ? list : longest), []);
}

/** A sum of hundredths without the dust of floating point. */
export const tidy = (points: number): number => Math.round(100 * points) / 100;

const testsOf = (report: Report) =>
  report.exercises.flatMap((exercise: ExerciseResult<{ readonly verdict: string }>) => exercise.tests);
