// What came of a test: a closed list of verdicts, and two kinds of result, so that a hidden value cannot reach a student.

export type Verdict =
  | "correct"
  | "wrong"
  | "runtime-error"
  | "does-not-compile"
  | "missing"
  | "time-limit"
  | "memory-limit"
  | "output-limit"
  | "not-graded";

/** Expected, received, where: already formatted as short text, safe lengths. */
export interface Evidence {
  readonly expected?: string;
  readonly received?: string;
  readonly where?: string;
}

/** What a student may read of a test. A hidden test has no evidence, by type. */
export type StudentTest = {
  readonly title: string;
  readonly points: number;
  readonly earned: number;
  readonly verdict: Verdict;
  /** One French sentence: what a teacher would say. Empty when correct. */
  readonly message: string;
} & ({ readonly visibility: "visible"; readonly evidence?: Evidence } | { readonly visibility: "hidden" });

/** What staff read of it. */
export interface StaffTest {
  readonly visibility: "visible" | "hidden";
  readonly title: string;
  readonly points: number;
  readonly earned: number;
  readonly verdict: Verdict;
  readonly message: string;
  /** The known mistake that was recognised, by the title of its explanation. */
  readonly mistake?: string;
  readonly staffEvidence?: Evidence;
  readonly milliseconds: number;
}

export interface ExerciseResult<Test> {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  /** What counts: the sum of the tests, or what `carried` gives beyond it. */
  readonly earned: number;
  /** One French sentence, when the exercise fails with one that it uses: where to start. */
  readonly advice?: string;
  /** When it was graded again, with the solution in the place of wrong answers that it uses. */
  readonly carried?: CarriedForward;
  /** Of the student's own code, always. */
  readonly tests: readonly Test[];
}

/** Two marks of one exercise, of which the better one counts. A student may read it: it holds nothing but marks. */
export interface CarriedForward {
  /** The exercises whose answers were replaced. */
  readonly replaced: readonly { readonly id: string; readonly title: string }[];
  /** With the student's own code. */
  readonly own: number;
  /** With the solution of `replaced` in the place of theirs. */
  readonly withSolution: number;
}

/** How an exercise was graded again: for staff. */
export interface CarriedRun {
  readonly exercise: string;
  readonly replaced: readonly string[];
  /** Why the solution could not be put in place, so that the mark is that of the student's own code. */
  readonly uncut?: string;
  readonly tests: readonly Pick<StaffTest, "visibility" | "title" | "points" | "earned" | "verdict">[];
}

/** The whole of one submission, for staff. */
export interface StaffReport {
  readonly student: string;
  /** The file or folder of the class that it came as, whose name the platform may have written. */
  readonly handedInAs?: string;
  readonly files: readonly string[];
  /** Set when intake refused it: nothing was run. */
  readonly refused?: string;
  readonly notices: readonly string[];
  readonly exercises: readonly ExerciseResult<StaffTest>[];
  /** Where something was graded again, or should have been. */
  readonly carriedRuns?: readonly CarriedRun[];
  readonly earned: number;
  readonly points: number;
  /** Questions answered in words: not marked by a machine. */
  readonly questions: readonly { readonly id: string; readonly points: number; readonly answer: string }[];
}

/** The same, as its student may read it. */
export interface StudentReport {
  readonly student: string;
  readonly refused?: string;
  readonly notices: readonly string[];
  readonly exercises: readonly ExerciseResult<StudentTest>[];
  readonly earned: number;
  readonly points: number;
  readonly questions: readonly { readonly id: string; readonly points: number; readonly answered: boolean }[];
}
