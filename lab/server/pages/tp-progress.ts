// What a saved notebook says of a student's progress: read from the outputs of its check cells.
import {
  type CellMetadata,
  type CheckSummary,
  checkMimeType,
  type ExerciseState,
  type ExerciseSummary,
  type TpMetadata,
} from "../../course-notebook.js";

export interface TpProgress {
  readonly title: string;
  readonly edition: TpMetadata["edition"] | undefined;
  readonly exercises: readonly ExerciseProgress[];
}

export interface ExerciseProgress extends Pick<ExerciseSummary, "id" | "title" | "points"> {
  readonly state: ExerciseState;
}

/** Of any notebook: one that is no TP has no exercises. `name` is its title when it has none. */
export function progressOf(notebook: Readonly<Record<string, unknown>>, name: string): TpProgress {
  const cells = (Array.isArray(notebook["cells"]) ? notebook["cells"] : []).map(record);
  const course = record(record(notebook["metadata"])["retroprop"]) as Partial<TpMetadata>;
  const exercises = Array.isArray(course.exercises) ? course.exercises : exercisesIn(cells);
  const states = statesIn(cells);
  return {
    title: (typeof course.title === "string" && course.title) || firstHeading(cells) || name,
    edition: course.edition,
    exercises: exercises.map(({ id, title, points }) => ({ id, title, points, state: states.get(id) ?? "todo" })),
  };
}

/** In the notebooks of earlier editions the exercises stand in the cells alone. */
function exercisesIn(cells: readonly Json[]): Pick<ExerciseSummary, "id" | "title" | "points">[] {
  return cells.flatMap((cell) => {
    const mark = markOf(cell);
    return mark?.kind === "exercise"
      ? [{ id: mark.exercise, title: mark.exercise, points: Number(mark.points) || 0 }]
      : [];
  });
}

function statesIn(cells: readonly Json[]): Map<string, ExerciseState> {
  const states = new Map<string, ExerciseState>();
  for (const cell of cells) {
    const mark = markOf(cell);
    if (mark?.kind !== "check") continue;
    const summaries = list(cell["outputs"]).flatMap((output) => record(record(output)["data"])[checkMimeType] ?? []);
    for (const { passed, tests } of summaries as CheckSummary[]) {
      states.set(mark.exercise, tests > 0 && passed === tests ? "passing" : "failing");
    }
  }
  return states;
}

function firstHeading(cells: readonly Json[]): string | undefined {
  const first = cells.find((cell) => cell["cell_type"] === "markdown");
  const source = first?.["source"];
  return /^#\s+(.+)$/m.exec(Array.isArray(source) ? source.join("") : String(source ?? ""))?.[1]?.trim();
}

type Json = Readonly<Record<string, unknown>>;

const markOf = (cell: Json): CellMetadata | undefined =>
  record(cell["metadata"])["retroprop"] as CellMetadata | undefined;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const record = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
