// Which test catches which known mistake: what one may leave out, and what only one test holds.
import type { ExerciseResult, StaffTest } from "../judge/verdict.js";
import type { MistakeRun } from "./spec-laws.js";

/** `always`: with every seed. */
export type Catch = "always" | "sometimes" | "never";

export interface MatrixTest {
  readonly title: string;
  readonly visibility: StaffTest["visibility"];
  readonly points: number;
  /** One for each mistake of the exercise. */
  readonly catches: readonly Catch[];
  /** Files of the mistakes that no other test catches. */
  readonly alone: readonly string[];
}

export interface ExerciseMatrix {
  readonly exercise: string;
  readonly title: string;
  readonly mistakes: readonly { readonly file: string; readonly named: string }[];
  readonly tests: readonly MatrixTest[];
}

/** One matrix for each exercise, in the order in which mistakes come; a mistake stands in its own exercise. */
export function mistakeMatrix(runs: readonly MistakeRun[]): ExerciseMatrix[] {
  const exercises = [...new Set(runs.map(({ mistake }) => mistake.exercise))];
  return exercises.map((exercise) => {
    const own = runs.filter(({ mistake }) => mistake.exercise === exercise);
    return matrixOf(
      exercise,
      own.map(({ mistake }) => mistake),
      own.map((run) => run.runs.map((results) => results.find(({ id }) => id === exercise)!)),
    );
  });
}

function matrixOf(
  exercise: string,
  mistakes: ExerciseMatrix["mistakes"],
  /** By mistake, then by seed. */
  results: readonly (readonly ExerciseResult<StaffTest>[])[],
): ExerciseMatrix {
  const { title, tests } = results[0]![0]!;
  const table = tests.map((_, i) => results.map((seeds) => catchOf(seeds.map(({ tests }) => tests[i]!))));
  return {
    exercise,
    title,
    mistakes: mistakes.map(({ file, named }) => ({ file, named })),
    tests: tests.map(({ title, visibility, points }, i) => ({
      title,
      visibility,
      points,
      catches: table[i]!,
      alone: mistakes.filter((_, j) => isAlone(table, i, j)).map(({ file }) => file),
    })),
  };
}

function catchOf(tests: readonly StaffTest[]): Catch {
  const failed = tests.filter(({ verdict }) => verdict !== "correct").length;
  if (failed === 0) return "never";
  return failed === tests.length ? "always" : "sometimes";
}

/** Test i catches mistake j, and no other test ever does. */
const isAlone = (table: readonly (readonly Catch[])[], i: number, j: number): boolean =>
  table.every((row, other) => (row[j] !== "never") === (other === i));
