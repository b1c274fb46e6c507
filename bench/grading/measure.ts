// One class graded once: how long it took, and the processor time of the judge and of what it started.
import { prewarmed } from "../../autograder/judge/prewarmed.js";
import { ProcessStudent } from "../../autograder/judge/process-student.js";
import type { Exercise } from "../../autograder/judge/spec.js";
import { bundleHarness } from "../../autograder/sandbox/bundle.js";
import { knownLayers } from "../../autograder/sandbox/known-layers.js";
import { openForMany } from "../../autograder/sandbox/open-for-many.js";
import type { Layer, Sandbox } from "../../autograder/sandbox/sandbox.js";
import { readHandIn } from "../../autograder/submission/read-submissions.js";
import { takeIn } from "../../autograder/submission/take-in.js";
import { type GradedTp, loadTp } from "../../cli/grading/all-specs.js";
import { loadSolution } from "../../cli/grading/carry-forward.js";
import { type Edition, editionOf } from "../../cli/grading/edition.js";
import { gradeClass } from "../../cli/grading/grade-class.js";
import { rehearsalFor } from "../../cli/grading/rehearsal.js";
import { expectedIn } from "../../cli/grading/visible-specs.js";
import { DescendantsTime } from "./descendants.js";

export interface Course {
  readonly tp: GradedTp;
  readonly edition: Edition;
  readonly handIns: Awaited<ReturnType<typeof takeIn>>;
}

export async function openCourse(folder: string): Promise<Course> {
  return { tp: await loadTp("tp1"), edition: await editionOf("tp1"), handIns: await takeIn([folder]) };
}

export interface Conditions {
  readonly layer: Layer;
  readonly jobs: number;
  /** Without the tests that train a classifier. */
  readonly isBrief?: boolean;
  /** Whether to count the time of what is started too, which costs a little time itself. */
  readonly isCounted?: boolean;
}

export interface Measure {
  readonly perMinute: number;
  /** Milliseconds of processor a submission. */
  readonly judgeMs: number;
  readonly startedMs: number;
  /** The marks of all, in order: of two runs they must be the same. */
  readonly marks: string;
  readonly lost: number;
}

export async function gradeOnce({ tp, edition, handIns }: Course, conditions: Conditions): Promise<Measure> {
  const time = new DescendantsTime();
  const harness = await bundleHarness(edition.folder);
  const solution = loadSolution("tp1");
  const rehearse = rehearsalFor(handIns.length, tp.exercises, solution);
  const opened = await openForMany(layerOf(conditions.layer), harness, rehearse);
  const sandbox = prewarmed(conditions.isCounted === true ? counted(opened, time) : opened);
  const exercises = conditions.isBrief === true ? tp.exercises.filter(trainsNothing) : tp.exercises;
  const [start, before] = [performance.now(), process.cpuUsage()];
  try {
    const graded = await gradeClass(handIns, {
      ...{ exercises, questions: tp.tp.questions, expected: expectedIn(tp.exercises), seed: 5, jobs: conditions.jobs },
      ...{ libraryNames: edition.names, solution },
      start: async ({ program }, slot) => new ProcessStudent({ program, sandbox, slot }),
    });
    const [minutes, used] = [(performance.now() - start) / 60_000, process.cpuUsage(before)];
    const verdicts = graded.map(({ staff }) => staff.exercises.flatMap(({ tests }) => tests.map((one) => one.verdict)));
    return {
      perMinute: handIns.length / minutes,
      judgeMs: (used.user + used.system) / 1000 / handIns.length,
      startedMs: time.milliseconds / handIns.length,
      marks: JSON.stringify(graded.map(({ staff }) => staff.exercises.map(({ earned }) => earned))),
      lost: verdicts.filter((all) => all.length === 0 || all.includes("not-graded")).length,
    };
  } finally {
    await sandbox.close();
  }
}

/** Milliseconds of the judge to read a submission. */
export function timeIntake({ tp, edition, handIns }: Course): number {
  const before = process.cpuUsage();
  for (const one of handIns) {
    if (!("refused" in one)) readHandIn(one, expectedIn(tp.exercises), { libraryNames: edition.names });
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / handIns.length;
}

export const layerOf = (name: Layer) => knownLayers.find(({ layer }) => layer === name)!;

const trainsNothing = ({ id }: Exercise): boolean => id !== "tp1.train";

/** Looks at what has been used before each process is killed. */
function counted(sandbox: Sandbox, time: DescendantsTime): Sandbox {
  return {
    ...sandbox,
    async run(limits, slot) {
      const started = await sandbox.run(limits, slot);
      const kill = () => {
        time.look();
        return started.kill();
      };
      return { ...started, kill };
    },
  };
}
