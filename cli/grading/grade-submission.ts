// One submission to its two reports: what staff read and what its student may read. It always ends in a report.
import { whatToCarry } from "../../autograder/judge/carried-forward.js";
import { faults } from "../../autograder/judge/messages.fr.js";
import { runExercise, runExercises } from "../../autograder/judge/run-spec.js";
import type { Exercise } from "../../autograder/judge/spec.js";
import { toStudentReport } from "../../autograder/judge/student-report.js";
import type { ExerciseResult, StaffReport, StaffTest } from "../../autograder/judge/verdict.js";
import { withAdvice } from "../../autograder/judge/where-to-start.js";
import { withoutRunning } from "../../autograder/judge/without-running.js";
import type { Graded } from "../../autograder/report/graded-class.js";
import { extract } from "../../autograder/submission/extract.js";
import { locate } from "../../autograder/submission/locate.js";
import { longestReadingMs, ReadingTime } from "../../autograder/submission/read-within.js";
import type { Solution } from "../../autograder/submission/reference-answers.js";
import type { Refusal, Submission } from "../../autograder/submission/submission.js";
import { type Carried, carryForward } from "./carry-forward.js";
import { lineOnly, ourFault } from "./messages.fr.js";
import type { SameCode } from "./same-code.js";
import { type StartSubmission, SubmissionProcesses } from "./submission-processes.js";
import { expectedIn } from "./visible-specs.js";

export interface GradingOptions {
  readonly exercises: readonly Exercise[];
  readonly questions: readonly { readonly id: string; readonly points: number }[];
  readonly seed: number;
  /** The right answers: with them errors are carried forward, without them they are not. */
  readonly solution?: Solution;
  /** The values that a submission may import. */
  readonly libraryNames?: ReadonlySet<string>;
  readonly start: StartSubmission;
  /** What was found of others of the same class. */
  readonly sameCode?: SameCode;
}

export async function gradeSubmission(
  submission: Submission | Refusal,
  options: GradingOptions,
  slot: number,
): Promise<Graded> {
  if ("refused" in submission) return toGraded(refusedReport(submission));
  const grade = () => gradeCode(submission, options, slot);
  const results = await (options.sameCode?.resultsOf(submission, grade) ?? grade());
  return toGraded(reportOf(submission, results, options));
}

async function gradeCode(submission: Submission, options: GradingOptions, slot: number): Promise<Carried> {
  const processes = new SubmissionProcesses(options.start, slot);
  try {
    const results = await runAll(submission, options, processes);
    return await carryErrors(submission, results, options, processes);
  } finally {
    await processes.close();
  }
}

const toGraded = (staff: StaffReport): Graded => ({ staff, student: toStudentReport(staff) });

function refusedReport({ student, handedInAs, files, refused }: Refusal): StaffReport {
  const who = handedInAs === undefined ? { student } : { student, handedInAs };
  return { ...who, files, refused, notices: [], exercises: [], earned: 0, points: 0, questions: [] };
}

function reportOf(
  { student, handedInAs, files, notices, answers }: Submission,
  { results: exercises, runs }: Carried,
  { questions }: GradingOptions,
): StaffReport {
  const sum = (key: "earned" | "points") => exercises.reduce((total, exercise) => total + exercise[key], 0);
  const answered = questions.map(({ id, points }) => ({ id, points, answer: answers.get(id) ?? "" }));
  const again = runs.length === 0 ? {} : { carriedRuns: runs };
  const marks = { earned: sum("earned"), points: sum("points") };
  const who = handedInAs === undefined ? { student } : { student, handedInAs };
  return { ...who, files, notices, exercises, ...again, ...marks, questions: answered };
}

async function runAll(
  submission: Submission,
  options: GradingOptions,
  processes: SubmissionProcesses,
): Promise<ExerciseResult<StaffTest>[]> {
  const { exercises } = options;
  const absent = submission.missing;
  const present = exercises.filter(({ id }) => !absent.has(id));
  const ran = present.length === 0 ? [] : await runPresent(submission, present, options, processes);
  const results: ExerciseResult<StaffTest>[] = [];
  for (const exercise of exercises) {
    const result = ran.find(({ id }) => id === exercise.id);
    const found = result ?? withoutRunning(exercise, "missing", absent.get(exercise.id) ?? "");
    results.push(withAdvice(found, exercises, results));
  }
  return results;
}

async function runPresent(
  submission: Submission,
  present: readonly Exercise[],
  options: GradingOptions,
  processes: SubmissionProcesses,
): Promise<ExerciseResult<StaffTest>[]> {
  try {
    const student = await processes.start(submission);
    const isWhole = present.length < 2 || (await student.loads?.()) !== false;
    if (!isWhole) return await runApart(submission, present, options, processes);
    return await runExercises(present, student, { seed: options.seed, locate: locateIn(submission) });
  } catch (error) {
    return present.map((exercise) => notGraded(exercise, error));
  }
}

async function carryErrors(
  submission: Submission,
  results: readonly ExerciseResult<StaffTest>[],
  options: GradingOptions,
  processes: SubmissionProcesses,
): Promise<Carried> {
  try {
    return await carryForward(submission, results, options, processes);
  } catch (error) {
    const wrong = new Set(whatToCarry(options.exercises, results).flatMap(({ exercises }) => exercises));
    const ours = [...wrong].map((exercise) => notGraded(exercise, error));
    return { results: results.map((result) => ours.find(({ id }) => id === result.id) ?? result), runs: [] };
  }
}

/** All that the exercises of a program that does not load may take together, but for the last that was begun. */
const longestApartMs = 60_000;

/**
 * Of a program that does not load, as where a constant at its top throws: each exercise in a program of what it needs, so
 * that it costs no other its marks.
 */
async function runApart(
  submission: Submission,
  present: readonly Exercise[],
  options: GradingOptions,
  processes: SubmissionProcesses,
): Promise<ExerciseResult<StaffTest>[]> {
  const { seed } = options;
  const results: ExerciseResult<StaffTest>[] = [];
  const end = performance.now() + longestApartMs;
  const cutting = new ReadingTime(longestReadingMs);
  for (const exercise of present) {
    const isOver = performance.now() > end;
    const alone = isOver ? undefined : cutting.read(() => onlyFor(exercise, submission, options));
    if (alone === undefined) {
      results.push(withoutRunning(exercise, "time-limit", faults.timeLimit));
      continue;
    }
    const student = await processes.start(alone);
    results.push(await runExercise(exercise, student, { seed, locate: locateIn(alone) }));
  }
  return results;
}

function onlyFor({ id }: Exercise, submission: Submission, { exercises, libraryNames }: GradingOptions): Submission {
  const { program, origins } = extract(submission.pieces, expectedIn(exercises), { libraryNames, only: id });
  return { ...submission, program, origins };
}

/** A fault of ours costs nobody else's mark, and nobody a zero: staff read what happened. */
function notGraded(exercise: Exercise, error: unknown): ExerciseResult<StaffTest> {
  const detail = error instanceof Error ? `internal: ${error.name}: ${error.message}` : String(error);
  return withoutRunning(exercise, "not-graded", ourFault, detail);
}

/** Where a line of the program stands in what was handed in. */
export const locateIn =
  (submission: Submission) =>
  (line: number): string =>
    locate(submission, line) ?? lineOnly(line);
