// A submission once it has been taken in: one TypeScript program that holds what its exercises need, or a reason.
import type { Piece } from "./piece.js";

export interface Submission {
  /** Who handed it in: the name of the file or folder, without what Moodle adds to it. Student-controlled text. */
  readonly student: string;
  /** The folder or file of the class it came as: what Moodle's feedback must be named after. */
  readonly handedInAs?: string;
  /** The file it came from, relative to the folder given to `grade`; in an archive, under the archive's name. */
  readonly files: readonly string[];
  /** TypeScript: imports, then the declarations the exercises need, the exercises exported. */
  readonly program: string;
  /** For each exercise id: the exported name, and where its text stood (file or cell, line), for messages. */
  readonly exercises: ReadonlyMap<string, FoundExercise>;
  /** Answers in words, by question id, as Markdown. */
  readonly answers: ReadonlyMap<string, string>;
  /** What was unclear and how it was read, in French, for the student and the staff. */
  readonly notices: readonly string[];
  /** Why an expected exercise is not in `exercises`, by exercise id: one French sentence for its student. */
  readonly missing: ReadonlyMap<string, string>;
  /** Where the lines of `program` come from, in order; `locate` reads it. */
  readonly origins: readonly Origin[];
  /** What the program was extracted from, so that it can be again with some answers replaced. */
  readonly pieces: readonly Piece[];
}

/** Lines `from` … `from + lines − 1` of the program are those of `place` (`cellule 12`, `tp1.ts`) from `line` on. */
export interface Origin {
  readonly from: number;
  readonly lines: number;
  readonly place: string;
  readonly line: number;
}

export interface FoundExercise {
  readonly name: string;
  /** `cellule 12, ligne 3` or `tp1.ts, ligne 40`: for messages. */
  readonly where: string;
}

/** Why a submission cannot be graded, in French, said to the student. */
export interface Refusal {
  readonly student: string;
  readonly handedInAs?: string;
  readonly files: readonly string[];
  readonly refused: string;
}

/** What intake needs to know of an exercise. */
export interface ExpectedExercise {
  readonly id: string;
  readonly name: string;
  /** The name a Python habit would give it, for near misses. */
  readonly python: string;
  /** What it is worth; a notebook that says otherwise is told of. */
  readonly points?: number;
  /** What it is tested with beside itself, of the code that students received: exported as well. */
  readonly given?: readonly string[];
}

/** `tp1` of `tp1.softmax`. */
export const tpOf = (expected: readonly ExpectedExercise[]): string => expected[0]?.id.split(".")[0] ?? "";
