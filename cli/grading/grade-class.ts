// A class graded in parallel: as many submissions at a time as there are slots; the results in the order of the class.

import type { Graded } from "../../autograder/report/graded-class.js";
import type { HandIn } from "../../autograder/submission/hand-ins.js";
import { readHandIn } from "../../autograder/submission/read-submissions.js";
import type { ExpectedExercise, Refusal } from "../../autograder/submission/submission.js";
import { type GradingOptions, gradeSubmission } from "./grade-submission.js";

export interface ClassOptions extends GradingOptions {
  readonly expected: readonly ExpectedExercise[];
  readonly libraryNames: ReadonlySet<string>;
  /** How many at a time. Marks do not depend on it. */
  readonly jobs: number;
  readonly onGraded?: (done: number, student: string) => void;
}

/** Each submission is read only when its turn comes, so that a class is never whole in memory. */
export async function gradeClass(
  handIns: readonly (HandIn | Refusal)[],
  options: ClassOptions,
): Promise<readonly Graded[]> {
  const graded: Graded[] = [];
  let next = 0;
  let done = 0;
  const work = async (slot: number): Promise<void> => {
    while (next < handIns.length) {
      const i = next++;
      const handIn = handIns[i]!;
      const submission = "refused" in handIn ? handIn : readHandIn(handIn, options.expected, options);
      graded[i] = await gradeSubmission(submission, options, slot);
      options.onGraded?.(++done, handIn.student);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, handIns.length) }, (_, slot) => work(slot)));
  return graded;
}
