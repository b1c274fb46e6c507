// Error carried forward: exercises that fail with others they use, graded again with the solution in the place of those.
// The solution is then in one process with hostile code: of what comes back, only how each test ended is kept.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Carry, carriedRun, uncutRun, whatToCarry, withCarried } from "../../autograder/judge/carried-forward.js";
import { runExercise } from "../../autograder/judge/run-spec.js";
import type { Exercise } from "../../autograder/judge/spec.js";
import type { CarriedRun, ExerciseResult, StaffTest } from "../../autograder/judge/verdict.js";
import { ReadingTime } from "../../autograder/submission/read-within.js";
import { readSolution, type Solution } from "../../autograder/submission/reference-answers.js";
import type { Submission } from "../../autograder/submission/submission.js";
import { isBegun, type Substituted, substitute } from "../../autograder/submission/substitute.js";
import { CliError } from "../command.js";
import { courseRoot } from "../course-root.js";
import type { GradingOptions } from "./grade-submission.js";
import { tooLongAgain } from "./messages.fr.js";
import type { RunningStudent, SubmissionProcesses } from "./submission-processes.js";
import { expectedIn } from "./visible-specs.js";

type Results = readonly ExerciseResult<StaffTest>[];

export interface Carried {
  readonly results: Results;
  /** Empty for most submissions. */
  readonly runs: readonly CarriedRun[];
}

/** The answers of a TP, as `retroprop build` wrote them. */
export function loadSolution(tp: string): Solution {
  const path = join(courseRoot, "solutions", `${tp}.ts`);
  try {
    return readSolution(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new CliError(`the solution of ${tp} is not there (no ${path}): run \`retroprop build ${tp}\``, 3);
  }
}

/** All that the second runs of one submission may take together; an exercise may run twice. */
const longestMs = 60_000;

/** All that exchanging its answers may take, in which nobody else is graded: a few hundredths of a second do. */
const longestExchangeMs = 5_000;

/** Nothing is run for a submission in which no exercise fails with one that it uses. */
export async function carryForward(
  submission: Submission,
  results: Results,
  options: GradingOptions,
  processes: SubmissionProcesses,
): Promise<Carried> {
  const carried = new Map(results.map((result) => [result.id, result]));
  const runs: CarriedRun[] = [];
  const second = new SecondRuns(submission, options, processes);
  for (const carry of whatToCarry(options.exercises, results)) {
    const begun = carry.exercises.filter(({ id, name }) => canEarn(carried.get(id)!, name, submission));
    if (begun.length === 0) continue;
    for (const { run, beside } of await second.grade({ ...carry, exercises: begun })) {
      if ("uncut" in run) runs.push(run);
      else {
        runs.push(carriedRun(run, beside));
        carried.set(run.id, withCarried(carried.get(run.id)!, run, beside));
      }
    }
  }
  return { results: [...carried.values()], runs };
}

/** What was never written earns nothing beside other answers either. */
const canEarn = ({ tests }: ExerciseResult<StaffTest>, name: string, { pieces = [] }: Submission): boolean =>
  tests.some(({ verdict }) => verdict !== "missing") || isBegun(pieces, name);

/** A second run, and what was replaced in it. */
interface Again {
  readonly run: ExerciseResult<StaffTest> | (CarriedRun & { readonly uncut: string });
  readonly beside: Carry;
}

/** The second runs of one submission. */
class SecondRuns {
  readonly #submission: Submission;
  readonly #options: GradingOptions;
  readonly #processes: SubmissionProcesses;
  readonly #end = performance.now() + longestMs;
  readonly #exchanging = new ReadingTime(longestExchangeMs);
  /** What had all its points beside right answers, and needs no solution for what uses it. */
  readonly #right = new Set<string>();
  readonly #runs = new Map<string, Again>();
  /** By what is replaced in them, and the exercise they are for alone. */
  readonly #programs = new Map<string, Substituted | undefined>();

  constructor(submission: Submission, options: GradingOptions, processes: SubmissionProcesses) {
    this.#submission = submission;
    this.#options = options;
    this.#processes = processes;
  }

  /**
   * In the process that is there, which saves the start of another. What has not all its points then is run in a new one: its
   * mark does not depend on what the wrong answers have left behind.
   */
  async grade(carry: Carry): Promise<Again[]> {
    await this.#goOn(this.#withoutTheRight(carry));
    const left = carry.exercises.filter(({ id }) => !this.#right.has(id));
    if (left.length > 0) await this.#startAgain({ ...carry, exercises: left });
    return carry.exercises.flatMap(({ id }) => this.#runs.get(id) ?? []);
  }

  /** An answer that is right beside a right one stays: often what is loaded already then serves for the next exercise too. */
  #withoutTheRight(carry: Carry): Carry {
    return { ...carry, replaced: carry.replaced.filter(({ id }) => !this.#right.has(id)) };
  }

  async #goOn(carry: Carry): Promise<void> {
    const cut = this.#programWith(carry);
    if (cut === undefined || "uncut" in cut) return;
    const present = carry.exercises.filter(({ id }) => !cut.missing.has(id));
    if (present.length === 0) return;
    const there = this.#processes.goOn({ ...this.#submission, ...cut }, carry.replaced, present);
    if (there !== undefined) for (const exercise of present) await this.#run(exercise, carry, there);
  }

  async #startAgain(carry: Carry): Promise<void> {
    const cut = this.#programWith(carry);
    if (cut === undefined) return;
    const whyNot = ({ id }: Exercise) => ("uncut" in cut ? cut.uncut : cut.missing.get(id));
    for (const exercise of carry.exercises) {
      const why = whyNot(exercise);
      if (why !== undefined) this.#notRun(exercise, carry, why);
    }
    const present = carry.exercises.filter((exercise) => whyNot(exercise) === undefined);
    if ("uncut" in cut || present.length === 0) return;
    const whole = { ...this.#submission, ...cut };
    const fresh = await this.#processes.start(whole, carry.replaced);
    const isWhole = (await fresh.loads?.()) !== false;
    for (const exercise of present) {
      await this.#run(exercise, carry, isWhole ? fresh : await this.#startAlone(exercise, carry, whole));
    }
  }

  /** Of a program that does not load, what one exercise needs. */
  #startAlone({ id }: Exercise, carry: Carry, whole: Submission): Promise<RunningStudent> {
    const cut = this.#programWith(carry, id);
    const alone = cut === undefined || "uncut" in cut ? whole : { ...whole, ...cut };
    return this.#processes.start(alone, carry.replaced);
  }

  async #run(exercise: Exercise, beside: Carry, student: RunningStudent): Promise<void> {
    if (performance.now() > this.#end) {
      this.#notRun(exercise, beside, tooLongAgain);
      return;
    }
    const run = await runExercise(exercise, student, { seed: this.#options.seed });
    this.#runs.set(exercise.id, { run, beside });
    if (run.earned === run.points) this.#right.add(exercise.id);
  }

  /** A result once there is kept. */
  #notRun(exercise: Exercise, beside: Carry, why: string): void {
    if (!this.#runs.has(exercise.id)) this.#runs.set(exercise.id, { run: uncutRun(exercise, beside, why), beside });
  }

  #programWith({ replaced }: Carry, only?: string): Substituted | undefined {
    const key = JSON.stringify([replaced.map(({ id }) => id), only]);
    if (!this.#programs.has(key)) this.#programs.set(key, this.#substitute(replaced, only));
    return this.#programs.get(key);
  }

  #substitute(replaced: readonly Exercise[], only?: string): Substituted | undefined {
    const { exercises, solution, libraryNames } = this.#options;
    const { pieces } = this.#submission;
    if (solution === undefined) return undefined;
    const expected = expectedIn(exercises);
    const cut = this.#exchanging.read(() =>
      substitute(pieces, { solution, replaced: expectedIn(replaced), expected, libraryNames, only }),
    );
    return cut ?? { uncut: tooLongAgain };
  }
}
