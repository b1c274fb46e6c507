// The exercises of the open notebook, their points, and how each stands: read from its cells, as they are now.
import {
  type CellMetadata,
  type CheckSummary,
  checkMimeType,
  type ExerciseState,
  type TpMetadata,
} from "../../../course-notebook.js";

export interface CourseCell {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** `metadata.retroprop`, as anyone may have written it. */
  readonly metadata: Partial<CellMetadata> | undefined;
  /** In nbformat's form. */
  readonly outputs: readonly Output[];
}

export interface Output {
  readonly output_type?: unknown;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Exercise {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly cellId: string;
  readonly checkId: string | undefined;
  readonly hints: readonly string[];
  readonly state: ExerciseState;
  /** What the last check found. */
  readonly check: CheckSummary | undefined;
}

export function readExercises(tp: Partial<TpMetadata> | undefined, cells: readonly CourseCell[]): Exercise[] {
  return cells.flatMap((cell) => {
    const { metadata } = cell;
    if (metadata?.kind !== "exercise" || typeof metadata.exercise !== "string") return [];
    const check = cells.find(({ metadata: other }) => other?.kind === "check" && other.exercise === metadata.exercise);
    const summary = check === undefined ? undefined : checkSummary(check.outputs);
    return {
      id: metadata.exercise,
      title: tp?.exercises?.find(({ id }) => id === metadata.exercise)?.title ?? metadata.exercise,
      points: metadata.points ?? 0,
      cellId: cell.id,
      checkId: check?.id,
      hints: metadata.hints ?? [],
      state: stateOf(cell, check, summary),
      check: summary,
    };
  });
}

export const pointsOf = (exercises: readonly Exercise[]): { earned: number; all: number } => ({
  earned: sum(exercises.filter(({ state }) => state === "passing")),
  all: sum(exercises),
});

const sum = (exercises: readonly Exercise[]): number => exercises.reduce((total, { points }) => total + points, 0);

/** A stub that was never begun is to do, even where everything has been run. */
function stateOf(
  exercise: CourseCell,
  check: CourseCell | undefined,
  summary: CheckSummary | undefined,
): ExerciseState {
  if (summary !== undefined && summary.tests > 0 && summary.passed === summary.tests) return "passing";
  if (/throw new Error\("À compléter/.test(exercise.source)) return "todo";
  const failed = [exercise, check].some((cell) => cell?.outputs.some(({ output_type }) => output_type === "error"));
  return summary !== undefined || failed ? "failing" : "todo";
}

function checkSummary(outputs: readonly Output[]): CheckSummary | undefined {
  const found = outputs.flatMap(({ data }) => data?.[checkMimeType] ?? []).at(-1) as Partial<CheckSummary> | undefined;
  return typeof found?.passed === "number" && typeof found.tests === "number" ? (found as CheckSummary) : undefined;
}
