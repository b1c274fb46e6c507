// A class graded in parallel: as many submissions at a time as there are slots; the results in the order of the names.
import { availableParallelism } from "node:os";
import { toStudentReport } from "../../autograder/judge/student-report.js";
import type { StaffReport } from "../../autograder/judge/verdict.js";
import { byStudent, type Graded } from "../../autograder/report/graded-class.js";
import type { HandIn } from "../../autograder/submission/hand-ins.js";
import { readHandIn } from "../../autograder/submission/read-submissions.js";
import type { ExpectedExercise, Refusal } from "../../autograder/submission/submission.js";
import { type GradingOptions, gradeSubmission } from "./grade-submission.js";
import type { KeptReports } from "./kept-reports.js";
import { SameCode } from "./same-code.js";

export interface ClassOptions extends GradingOptions {
  readonly expected: readonly ExpectedExercise[];
  readonly libraryNames: ReadonlySet<string>;
  /** How many at a time. Marks do not depend on it. */
  readonly jobs: number;
  /** What earlier runs found, and where what this one finds is kept. */
  readonly kept?: KeptReports;
  readonly onGraded?: (done: number, student: string) => void;
}

/** One more than there are processors: while the judge reads one, or compares what came back, each has another to run. */
export const usualJobs = (): number => availableParallelism() + 1;

/** Each submission is read only when its turn comes, so that a class is never whole in memory. */
export async function gradeClass(
  handIns: readonly (HandIn | Refusal)[],
  classOptions: ClassOptions,
): Promise<readonly Graded[]> {
  const options = { ...classOptions, sameCode: new SameCode() };
  const graded: Graded[] = [];
  let next = 0;
  let done = 0;
  const work = async (slot: number): Promise<void> => {
    while (next < handIns.length) {
      const i = next++;
      const handIn = handIns[i]!;
      graded[i] =
        "refused" in handIn ? await gradeSubmission(handIn, options, slot) : await grade(handIn, options, slot);
      options.onGraded?.(++done, handIn.student);
    }
  };
  const stop = (error: unknown): never => {
    next = handIns.length; // the other slots end what they have begun
    throw error;
  };
  const slots = Array.from({ length: Math.min(options.jobs, handIns.length) }, (_, slot) => work(slot).catch(stop));
  const ends = await Promise.allSettled(slots);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return graded.sort(byStudent);
}

async function grade(handIn: HandIn, options: ClassOptions, slot: number): Promise<Graded> {
  const { kept } = options;
  const work = kept?.workOf(handIn);
  const unchanged = work && kept?.ofWork(work);
  if (unchanged !== undefined) return toGraded(unchanged);
  const submission = readHandIn(handIn, options.expected, options);
  const same = work && !("refused" in submission) ? kept?.ofSubmission(work, submission) : undefined;
  if (same !== undefined) return toGraded(same);
  const graded = await gradeSubmission(submission, options, slot);
  if (work && !("refused" in submission)) kept?.add(work, submission, graded.staff);
  return graded;
}

const toGraded = (staff: StaffReport): Graded => ({ staff, student: toStudentReport(staff) });
