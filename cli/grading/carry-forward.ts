// Error carried forward: exercises that fail with others they use, graded again with the solution in the place of those.
// The solution is then in one process with hostile code: of what comes back, only how each test ended is kept.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Carry, carriedRun, uncutRun, whatToCarry, withCarried } from "../../autograder/judge/carried-forward.js";
import { runExercise } from "../../autograder/judge/run-spec.js";
import type { Exercise } from "../../autograder/judge/spec.js";
import type { CarriedRun, ExerciseResult, StaffTest } from "../../autograder/judge/verdict.js";
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

/** Nothing is run for a submission in which no exercise fails with one that it uses. */
export async function carryForward(
  submission: Submission,
  results: Results,
  options: GradingOptions,
  processes: SubmissionProcesses,
): Promise<Carried> {
  const carried = new Map(results.map((result) => [result.id, result]));
  const runs: CarriedRun[] = [];
  const end = performance.now() + longestMs;
  for (const carry of whatToCarry(options.exercises, results)) {
    const begun = carry.exercises.filter(({ id, name }) => canEarn(carried.get(id)!, name, submission));
    if (begun.length === 0) continue;
    for (const run of await gradeAgain(submission, { ...carry, exercises: begun }, options, processes, end)) {
      if ("uncut" in run) runs.push(run);
      else {
        runs.push(carriedRun(run, carry));
        carried.set(run.id, withCarried(carried.get(run.id)!, run, carry));
      }
    }
  }
  return { results: [...carried.values()], runs };
}

/** What was never written earns nothing beside other answers either. */
const canEarn = ({ tests }: ExerciseResult<StaffTest>, name: string, { pieces = [] }: Submission): boolean =>
  tests.some(({ verdict }) => verdict !== "missing") || isBegun(pieces, name);

type Again = ExerciseResult<StaffTest> | (CarriedRun & { readonly uncut: string });

async function gradeAgain(
  submission: Submission,
  carry: Carry,
  options: GradingOptions,
  processes: SubmissionProcesses,
  end: number,
): Promise<Again[]> {
  const substituted = programWith(submission, carry, options);
  if (substituted === undefined) return [];
  const whyNot = ({ id }: Exercise): string | undefined =>
    "uncut" in substituted ? substituted.uncut : substituted.missing.get(id);
  const uncut = carry.exercises.flatMap((exercise) => {
    const why = whyNot(exercise);
    return why === undefined ? [] : [uncutRun(exercise, carry, why)];
  });
  const present = carry.exercises.filter((exercise) => whyNot(exercise) === undefined);
  if ("uncut" in substituted || present.length === 0) return uncut;
  const again = { ...carry, exercises: present };
  return [...uncut, ...(await runCarry({ ...submission, ...substituted }, again, options, processes, end))];
}

/**
 * In the process that is there, which saves the start of another. What has not all its points then is run in a new one: its
 * mark does not depend on what the wrong answers have left behind.
 */
async function runCarry(
  submission: Submission,
  carry: Carry,
  options: GradingOptions,
  processes: SubmissionProcesses,
  end: number,
): Promise<Again[]> {
  const { replaced, exercises } = carry;
  const runs = new Map<string, Again>();
  const run = async (exercise: Exercise, student: RunningStudent): Promise<void> => {
    if (performance.now() <= end) runs.set(exercise.id, await runExercise(exercise, student, { seed: options.seed }));
    else if (!runs.has(exercise.id)) runs.set(exercise.id, uncutRun(exercise, carry, tooLongAgain));
  };
  const there = processes.goOn(submission, replaced, exercises);
  if (there !== undefined) for (const exercise of exercises) await run(exercise, there);
  const left = exercises.filter(({ id }) => !hasAllPoints(runs.get(id)));
  if (left.length > 0) {
    const fresh = await processes.start(submission, replaced);
    const isWhole = (await fresh.loads?.()) !== false;
    for (const exercise of left) {
      const alone = isWhole ? undefined : aloneIn(submission, carry, options, exercise);
      await run(exercise, alone === undefined ? fresh : await processes.start(alone, replaced));
    }
  }
  return exercises.map(({ id }) => runs.get(id)!);
}

/** Of a program that does not load, what one exercise needs. */
function aloneIn(submission: Submission, carry: Carry, options: GradingOptions, { id }: Exercise): Submission {
  const cut = programWith(submission, carry, options, id);
  return cut === undefined || "uncut" in cut ? submission : { ...submission, ...cut };
}

const hasAllPoints = (run: Again | undefined): boolean =>
  run !== undefined && !("uncut" in run) && run.earned === run.points;

function programWith(
  { pieces }: Submission,
  { replaced }: Carry,
  { exercises, solution, libraryNames }: GradingOptions,
  only?: string,
): Substituted | undefined {
  if (pieces === undefined || solution === undefined) return undefined;
  return substitute(pieces, {
    solution,
    replaced: expectedIn(replaced),
    expected: expectedIn(exercises),
    libraryNames,
    only,
  });
}
