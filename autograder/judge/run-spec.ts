// Runs the tests of an exercise on a student's code, one after the other whatever happens, and says what came of each.
import { createHash } from "node:crypto";
import { RandomGenerator } from "retroprop";
import { NonFiniteExpectation } from "./closeness.js";
import { createExpect, ExpectationFailure } from "./expect.js";
import { type Explanation, explain, type Observed } from "./explain.js";
import { faultMessage, faultVerdict } from "./fault-verdict.js";
import { failures, faults, frenchSpaces, words } from "./messages.fr.js";
import { printable } from "./printable.js";
import { RecordingStudent } from "./recording-student.js";
import { type Exercise, SpecError, type SpecTest, type TestContext, type Visibility } from "./spec.js";
import type { Student } from "./student.js";
import { StudentFault } from "./student-fault.js";
import type { ExerciseResult, StaffTest } from "./verdict.js";
import { withAdvice } from "./where-to-start.js";

export interface RunOptions {
  /** The same seed gives the same inputs. Secret where marks are given. */
  readonly seed: number | string;
  /** Where a line of the student's program stands in what was handed in: `cellule 12, ligne 3`. */
  readonly locate?: (line: number) => string;
  /** Called after each test. */
  readonly onTest?: (exercise: Exercise, test: StaffTest) => void;
}

/**
 * Runs every exercise, in order: the visible tests of all of them, then the hidden ones. A student reads what comes back of
 * a visible test, and would read there what a hidden one sent to the same process before.
 */
export async function runExercises(
  exercises: readonly Exercise[],
  student: Student,
  options: RunOptions,
): Promise<ExerciseResult<StaffTest>[]> {
  const runs = exercises.map((exercise): Run => ({ exercise, tests: [] }));
  for (const run of runs) expectTests(run.exercise);
  for (const visibility of ["visible", "hidden"] as const) {
    for (const run of runs) await runTests(run, visibility, student, options);
  }
  const results: ExerciseResult<StaffTest>[] = [];
  for (const run of runs) results.push(withAdvice(resultOf(run), exercises, results));
  return results;
}

export async function runExercise(
  exercise: Exercise,
  student: Student,
  options: RunOptions,
): Promise<ExerciseResult<StaffTest>> {
  const [result] = await runExercises([exercise], student, options);
  return result!;
}

/** An exercise, and what its tests have given so far. */
interface Run {
  readonly exercise: Exercise;
  readonly tests: StaffTest[];
}

function expectTests({ id, tests }: Exercise): void {
  if (tests.length === 0) throw new SpecError(`${id}: no test to run: nothing can be said of it`);
}

async function runTests(
  { exercise, tests }: Run,
  visibility: Visibility,
  student: Student,
  options: RunOptions,
): Promise<void> {
  student.beginExercise?.(exercise.id);
  for (const test of exercise.tests.filter((one) => one.visibility === visibility)) {
    const recognised = new Set(tests.flatMap(({ mistake }) => mistake ?? []));
    const result = await runTest({ exercise, test, recognised, ...options }, student);
    tests.push(result);
    options.onTest?.(exercise, result);
  }
}

const resultOf = ({ exercise: { id, title }, tests }: Run): ExerciseResult<StaffTest> => ({
  ...{ id, title, points: total(tests, "points"), earned: total(tests, "earned") },
  tests,
});

/** The seed of one test's generator: nothing but the seed, the exercise and the title moves it. */
export function testSeed(seed: number | string, exerciseId: string, title: string): number {
  const digest = createHash("sha256")
    .update(JSON.stringify([String(seed), exerciseId, title]))
    .digest();
  return digest.readUIntBE(0, 6);
}

/** One test of a run. */
interface Trial extends RunOptions {
  readonly exercise: Exercise;
  readonly test: SpecTest;
  /** Mistakes that earlier tests of the exercise have shown. */
  readonly recognised: ReadonlySet<string>;
}

type Outcome = Pick<StaffTest, "verdict" | "message" | "mistake" | "staffEvidence">;

async function runTest(trial: Trial, student: Student): Promise<StaffTest> {
  const { title, points, visibility, timeLimitMs } = trial.test;
  const recording = new RecordingStudent(student);
  student.limitCalls?.(timeLimitMs);
  const start = performance.now();
  const failure = await failureOf(trial, recording);
  const outcome = failure === undefined ? passed : judge(failure.error, trial, recording);
  const earned = outcome.verdict === "correct" ? points : 0;
  const milliseconds = performance.now() - start;
  return { visibility, title, points, earned, ...outcome, message: frenchSpaces(outcome.message), milliseconds };
}

const passed: Outcome = { verdict: "correct", message: "" };

async function failureOf(
  { exercise, test, seed }: Trial,
  student: Student,
): Promise<{ readonly error: unknown } | undefined> {
  let looks = 0;
  const expect = createExpect(() => looks++);
  try {
    const source = sourceOf(exercise, test, seed);
    const drawOnce: TestContext["drawOnce"] = (draw) => drawnFrom(source, draw);
    await test.body({ student, random: new RandomGenerator(source.start), drawOnce, expect });
  } catch (error) {
    return { error };
  }
  return looks > 0 ? undefined : { error: new SpecError("the test expects nothing: it cannot fail") };
}

/** Where the numbers of a test come from: a class is graded with one seed. */
interface Source {
  readonly seed: RunOptions["seed"];
  readonly exercise: string;
  /** Of the generator. */
  readonly start: number;
  drawn: { readonly value: unknown } | undefined;
}

const lastSources = new WeakMap<SpecTest, Source>();

function sourceOf({ id }: Exercise, test: SpecTest, seed: RunOptions["seed"]): Source {
  const last = lastSources.get(test);
  if (last?.seed === seed && last.exercise === id) return last;
  const source: Source = { seed, exercise: id, start: testSeed(seed, id, test.title), drawn: undefined };
  lastSources.set(test, source);
  return source;
}

function drawnFrom<Drawn>(source: Source, draw: (random: RandomGenerator) => Drawn): Drawn {
  source.drawn ??= { value: draw(new RandomGenerator(source.start)) };
  return source.drawn.value as Drawn;
}

function judge(error: unknown, trial: Trial, { last, gaveExtreme }: RecordingStudent): Outcome {
  if (error instanceof StudentFault) return judgeFault(error, trial, last);
  if (error instanceof ExpectationFailure) return judgeFailure(error, trial, last);
  const isTheirs = error instanceof NonFiniteExpectation && gaveExtreme;
  return isTheirs ? judgeFailure(theirExtreme, trial, last) : notGraded(error);
}

/** What stood for the expected value came from the student's numbers, and is none. */
const theirExtreme = new ExpectationFailure(failures.extreme, { expected: words.finite });

function judgeFailure(failure: ExpectationFailure, trial: Trial, observed: Observed | undefined): Outcome {
  const known = recognise(trial, observed);
  const message = known?.say ?? [failure.message, trial.test.hint].filter((part) => part !== undefined).join(" ");
  return { verdict: "wrong", message, ...named(known), staffEvidence: failure.evidence };
}

function judgeFault(fault: StudentFault, trial: Trial, observed: Observed | undefined): Outcome {
  const { exercise, test, locate } = trial;
  const verdict = faultVerdict(fault);
  const known = verdict === "runtime-error" ? recognise(trial, observed) : undefined;
  const usual = faultMessage(fault, exercise, test.visibility, locate);
  const text = fault.detail === undefined ? fault.kind : `${fault.detail.name}: ${fault.detail.message}`;
  const isToldToStaff = test.visibility === "hidden" || verdict === "not-graded";
  return {
    verdict,
    message: known?.say ?? usual.message,
    ...named(known ?? usual),
    ...(isToldToStaff ? { staffEvidence: { received: printable(text) } } : {}),
  };
}

const recognise = ({ test, recognised }: Trial, observed: Observed | undefined): Explanation | undefined =>
  observed === undefined ? undefined : explain(test.explain ?? [], observed, recognised);

/** The spec itself failed: the student loses nothing by a verdict, staff are told what happened. */
function notGraded(error: unknown): Outcome {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { verdict: "not-graded", message: faults.ours, staffEvidence: { received: printable(`internal: ${text}`) } };
}

const named = (known: { readonly mistake?: string } | undefined): { readonly mistake?: string } =>
  known?.mistake === undefined ? {} : { mistake: known.mistake };

const total = (tests: readonly StaffTest[], field: "points" | "earned"): number =>
  tests.reduce((sum, test) => sum + test[field], 0);
