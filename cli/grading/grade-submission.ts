// One submission to its two reports: what staff read and what its student may read. It always ends in a report.
import { runExercise } from "../../autograder/judge/run-spec.js";
import type { Exercise, SpecTest } from "../../autograder/judge/spec.js";
import type { Student } from "../../autograder/judge/student.js";
import { toStudentReport } from "../../autograder/judge/student-report.js";
import type { ExerciseResult, StaffReport, StaffTest, Verdict } from "../../autograder/judge/verdict.js";
import { withAdvice } from "../../autograder/judge/where-to-start.js";
import type { Graded } from "../../autograder/report/graded-class.js";
import { locate } from "../../autograder/submission/locate.js";
import type { Refusal, Submission } from "../../autograder/submission/submission.js";
import { lineOnly, ourFault } from "./messages.fr.js";

/** The student's code, running somewhere until it is closed. */
export interface RunningStudent extends Student {
  close(): Promise<void>;
}

export interface GradingOptions {
  readonly exercises: readonly Exercise[];
  readonly questions: readonly { readonly id: string; readonly points: number }[];
  readonly seed: number;
  /** Starts a submission's code in the sandbox's slot of that number. */
  readonly start: (submission: Submission, slot: number) => Promise<RunningStudent>;
}

export async function gradeSubmission(
  submission: Submission | Refusal,
  options: GradingOptions,
  slot: number,
): Promise<Graded> {
  if ("refused" in submission) return toGraded(refusedReport(submission));
  return toGraded(reportOf(submission, await runAll(submission, options, slot), options));
}

const toGraded = (staff: StaffReport): Graded => ({ staff, student: toStudentReport(staff) });

function refusedReport({ student, files, refused }: Refusal): StaffReport {
  return { student, files, refused, notices: [], exercises: [], earned: 0, points: 0, questions: [] };
}

function reportOf(
  { student, files, notices, answers }: Submission,
  exercises: readonly ExerciseResult<StaffTest>[],
  { questions }: GradingOptions,
): StaffReport {
  const sum = (key: "earned" | "points") => exercises.reduce((total, exercise) => total + exercise[key], 0);
  const answered = questions.map(({ id, points }) => ({ id, points, answer: answers.get(id) ?? "" }));
  return { student, files, notices, exercises, earned: sum("earned"), points: sum("points"), questions: answered };
}

async function runAll(
  submission: Submission,
  { exercises, seed, start }: GradingOptions,
  slot: number,
): Promise<ExerciseResult<StaffTest>[]> {
  const results: ExerciseResult<StaffTest>[] = [];
  let student: RunningStudent | undefined;
  try {
    for (const exercise of exercises) {
      const absent = submission.missing?.get(exercise.id);
      student ??= absent === undefined ? await start(submission, slot) : undefined;
      const result =
        absent !== undefined || student === undefined
          ? withoutRunning(exercise, "missing", absent ?? "")
          : await runExercise(exercise, student, { seed, locate: locateIn(submission) });
      results.push(withAdvice(result, exercises, results));
    }
  } catch (error) {
    // A fault of ours costs nobody else's mark, and nobody a zero: staff read what happened.
    const detail = error instanceof Error ? `internal: ${error.name}: ${error.message}` : String(error);
    for (const exercise of exercises.slice(results.length)) {
      results.push(withoutRunning(exercise, "not-graded", ourFault, detail));
    }
  } finally {
    await student?.close().catch(() => undefined);
  }
  return results;
}

/** Where a line of the program stands in what was handed in. */
export const locateIn =
  (submission: Submission) =>
  (line: number): string =>
    locate(submission, line) ?? lineOnly(line);

/** The result of an exercise that cannot be run, or is not there to be. */
export function withoutRunning(
  { id, title, tests }: Exercise,
  verdict: Verdict,
  message: string,
  detail?: string,
): ExerciseResult<StaffTest> {
  const staffEvidence = detail === undefined ? {} : { staffEvidence: { received: detail } };
  const results = tests.map(({ visibility, title, points }: SpecTest): StaffTest => {
    return { visibility, title, points, earned: 0, verdict, message, ...staffEvidence, milliseconds: 0 };
  });
  return { id, title, points: results.reduce((sum, { points }) => sum + points, 0), earned: 0, tests: results };
}
