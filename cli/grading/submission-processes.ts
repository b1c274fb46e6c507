// The processes of one submission: one at a time, in one slot.
import type { Exercise } from "../../autograder/judge/spec.js";
import type { Student } from "../../autograder/judge/student.js";
import type { Submission } from "../../autograder/submission/submission.js";

/** The student's code, running somewhere until it is closed. */
export interface RunningStudent extends Student {
  /**
   * Another program of the same submission, in the process of this one; undefined where there is none any more. Then only
   * that one is asked and closed.
   */
  goOnWith?(program: string): RunningStudent | undefined;
  /** False when its program stops or hangs before anything is asked of it. */
  loads?(): Promise<boolean>;
  close(): Promise<void>;
}

/** Starts a submission's code in the sandbox's slot of that number. */
export type StartSubmission = (submission: Submission, slot: number) => Promise<RunningStudent>;

export class SubmissionProcesses {
  readonly #start: StartSubmission;
  readonly #slot: number;
  #current: RunningStudent | undefined;
  /** What it has loaded last. */
  #program = "";
  /** The exercises whose solution the present process has met. */
  readonly #met = new Set<string>();

  constructor(start: StartSubmission, slot: number) {
    this.#start = start;
    this.#slot = slot;
  }

  /** A process that has met nothing but `submission`, in which the answers of `replaced` are the solution's. */
  async start(submission: Submission, replaced: readonly Exercise[] = []): Promise<RunningStudent> {
    await this.close(); // the slot is then free
    this.#current = await this.#start(submission, this.#slot);
    this.#program = submission.program;
    this.#meet(replaced);
    return this.#current;
  }

  /**
   * The same in the process that is there, to save the start of another, and without loading what is loaded. Undefined where
   * it is gone, or where it has met the solution of one of `graded`: nothing is graded beside its own answer, nor after it.
   */
  goOn(
    { program }: Submission,
    replaced: readonly Exercise[],
    graded: readonly Exercise[],
  ): RunningStudent | undefined {
    if (graded.some(({ id }) => this.#met.has(id))) return undefined;
    const next = program === this.#program ? this.#current : this.#current?.goOnWith?.(program);
    if (next === undefined) return undefined;
    this.#current = next;
    this.#program = program;
    this.#meet(replaced);
    return next;
  }

  async close(): Promise<void> {
    const closing = this.#current;
    this.#current = undefined;
    this.#met.clear();
    await closing?.close().catch(() => undefined);
  }

  #meet(replaced: readonly Exercise[]): void {
    for (const { id } of replaced) this.#met.add(id);
  }
}
