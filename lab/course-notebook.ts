// What the page reads of a TP, all of it in the notebook itself: written by `course/build`, ignored by other front ends.

/** `metadata.retroprop` of the notebook. */
export interface TpMetadata {
  readonly edition: "student" | "solution";
  readonly generatedFrom: string;
  /** `tp1` */
  readonly tp: string;
  readonly title: string;
  readonly exercises: readonly ExerciseSummary[];
  /** The Python edition's names beside ours, in the order of the notebook: `affine_transform` → `affineTransform`. */
  readonly names: readonly { readonly python: string; readonly typescript: string; readonly what: string }[];
}

export interface ExerciseSummary {
  /** `tp1.softmax` */
  readonly id: string;
  /** What students write: `softmax`. */
  readonly name: string;
  readonly title: string;
  readonly points: number;
}

/** `metadata.retroprop` of a cell. */
export type CellMetadata =
  | { readonly kind: "text" | "code" | "parameters" | "summary" | "given" | "solution" | "file" }
  | {
      readonly kind: "exercise";
      readonly exercise: string;
      readonly points: number;
      /** Markdown with mathematics, the vaguest first: the page shows one at a time. */
      readonly hints: readonly string[];
    }
  | { readonly kind: "check"; readonly exercise: string }
  | { readonly kind: "question"; readonly question: string; readonly points: number };

/** The MIME type under which the result of `check` also shows itself: the state of an exercise travels with the notebook. */
export const checkMimeType = "application/vnd.retroprop.check+json";

/** What is under {@link checkMimeType}. */
export interface CheckSummary {
  readonly exercise: string;
  readonly name: string;
  /** Visible tests only: the mark may be lower. */
  readonly passed: number;
  readonly tests: number;
}

/** à faire, à revoir, réussi. */
export type ExerciseState = "todo" | "failing" | "passing";
