// The visible tests on one file: read, run in a process of its own, told exercise by exercise.
import { runExercise } from "../../autograder/judge/run-spec.js";
import type { VisibleExercise } from "../../autograder/judge/spec.js";
import { toStudentExercise } from "../../autograder/judge/student-report.js";
import type { ExerciseResult, StudentTest } from "../../autograder/judge/verdict.js";
import { withAdvice } from "../../autograder/judge/where-to-start.js";
import { withoutRunning } from "../../autograder/judge/without-running.js";
import { openForCheck } from "../../autograder/sandbox/choose-sandbox.js";
import { readSubmissions } from "../../autograder/submission/read-submissions.js";
import type { Submission } from "../../autograder/submission/submission.js";
import type { Edition } from "./edition.js";
import { type GradingOptions, locateIn } from "./grade-submission.js";
import { startIn } from "./open-sandbox.js";
import { expectedIn } from "./visible-specs.js";

export type Checked =
  | { readonly refused: string }
  | { readonly notices: readonly string[]; readonly exercises: readonly ExerciseResult<StudentTest>[] };

export interface Checker {
  check(file: string, onExercise: (result: ExerciseResult<StudentTest>) => void): Promise<Checked>;
  close(): Promise<void>;
}

/** Opened once, it answers at each save. The student's own code needs no more than L1. */
export async function openChecker(edition: Edition, exercises: readonly VisibleExercise[]): Promise<Checker> {
  const sandbox = await openForCheck(edition.folder);
  const start = startIn(sandbox);
  const options = { libraryNames: edition.names };
  return {
    async check(file, onExercise) {
      const [submission] = readSubmissions([file], expectedIn(exercises), options);
      if (submission === undefined) throw new Error(`internal: nothing was read from ${file}`);
      if ("refused" in submission) return { refused: submission.refused };
      return { notices: submission.notices, exercises: await run(submission, exercises, start, onExercise) };
    },
    close: () => sandbox.close(),
  };
}

async function run(
  submission: Submission,
  exercises: readonly VisibleExercise[],
  start: GradingOptions["start"],
  onExercise: (result: ExerciseResult<StudentTest>) => void,
): Promise<ExerciseResult<StudentTest>[]> {
  const results: ExerciseResult<StudentTest>[] = [];
  const student = await start(submission, 0);
  try {
    for (const exercise of exercises) {
      const absent = submission.missing.get(exercise.id);
      const result =
        absent === undefined
          ? await runExercise(exercise, student, { seed: checkSeed, locate: locateIn(submission) })
          : withoutRunning(exercise, "missing", absent);
      results.push(withAdvice(toStudentExercise(result), exercises, results));
      onExercise(results.at(-1)!);
    }
  } finally {
    await student.close();
  }
  return results;
}

/** The same inputs at each save: what changed is the code. */
const checkSeed = 1;
