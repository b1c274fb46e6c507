// What earlier runs into the same folder found of the same work under the same conditions: it is not graded again.

import type { StaffReport } from "../../autograder/judge/verdict.js";
import { statusOf } from "../../autograder/report/graded-class.js";
import type { HandIn } from "../../autograder/submission/hand-in.js";
import type { Submission } from "../../autograder/submission/submission.js";
import { handInCause, submissionCause } from "./causes.js";
import type { Causes, Entry, Journal } from "./journal.js";

/** One hand-in, as `gradeClass` comes to it. */
export interface Work {
  readonly handIn: HandIn;
  /** The bytes; undefined when they were not hashed. */
  readonly bytes: string | undefined;
}

export class KeptReports {
  readonly #journal: Journal;
  readonly #common: Causes;
  readonly #intake: string;
  /** Why a student of an earlier run was graded again. */
  readonly regraded = new Map<string, readonly string[]>();
  /** How many were not graded again. */
  count = 0;

  constructor(journal: Journal, common: Causes, intake: string) {
    this.#journal = journal;
    this.#common = common;
    this.#intake = intake;
  }

  workOf(handIn: HandIn): Work {
    return { handIn, bytes: handInCause(handIn, this.#intake) };
  }

  /** The same bytes. */
  ofWork({ handIn, bytes }: Work): StaffReport | undefined {
    const entry = this.#comparable(handIn.student);
    if (bytes === undefined || entry?.causes["bytes"] !== bytes) return undefined;
    this.count++;
    return entry.staff;
  }

  /** Other bytes that were read as the same program and answers. */
  ofSubmission(work: Work, submission: Submission): StaffReport | undefined {
    const cause = submissionCause(submission);
    const entry = this.#comparable(work.handIn.student);
    if (entry?.causes["submission"] !== cause) return undefined;
    this.count++;
    this.#write(work, cause, entry.staff);
    return entry.staff;
  }

  /** What was just graded. A fault of ours is graded again the next time. */
  add(work: Work, submission: Submission, staff: StaffReport): void {
    const cause = submissionCause(submission);
    const before = this.#journal.earlier.get(work.handIn.student);
    if (before !== undefined) this.regraded.set(staff.student, this.#changesSince(before, cause));
    if (statusOf(staff) !== "not-graded") this.#write(work, cause, staff);
  }

  #comparable(student: string): Entry | undefined {
    const entry = this.#journal.earlier.get(student);
    const isSame = Object.entries(this.#common).every(([name, value]) => entry?.causes[name] === value);
    return isSame ? entry : undefined;
  }

  #changesSince({ causes }: Entry, submission: string): string[] {
    const now: Causes = { ...this.#common, submission };
    return Object.keys(now).filter((name) => now[name] !== causes[name]);
  }

  #write({ handIn, bytes }: Work, submission: string, staff: StaffReport): void {
    const causes = { ...this.#common, submission, ...(bytes === undefined ? {} : { bytes }) };
    this.#journal.add({ student: handIn.student, causes, staff });
  }
}
