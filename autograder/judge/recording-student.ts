// A student whose last call is remembered, so that a failed test can be explained from what came back.
import type { Observed } from "./explain.js";
import { holdsNumber } from "./numbers.js";
import type { CallResult, Evaluation, Sent, Student, Value } from "./student.js";
import { StudentFault } from "./student-fault.js";

export class RecordingStudent implements Student {
  /** The last call; `undefined` before the first. */
  last: Observed | undefined;
  /** Whether NaN or infinity has come back: a test that hands such a number to a matcher has it from the student. */
  gaveNonFinite = false;
  readonly #student: Student;

  constructor(student: Student) {
    this.#student = student;
  }

  async call(name: string, ...args: readonly Sent[]): Promise<Value> {
    const { result } = await this.#record(args, () => this.#student.callAndReturnArguments(name, ...args));
    return result;
  }

  callAndReturnArguments(name: string, ...args: readonly Sent[]): Promise<CallResult> {
    return this.#record(args, () => this.#student.callAndReturnArguments(name, ...args));
  }

  async evaluate<Inputs extends Sent>(body: Evaluation<Inputs>, inputs: Inputs): Promise<Value> {
    const run = async () => ({ result: await this.#student.evaluate(body, inputs), args: [] });
    return (await this.#record([inputs], run)).result;
  }

  async #record(sent: readonly Sent[], call: () => Promise<CallResult>): Promise<CallResult> {
    try {
      const { result, args } = await call();
      this.last = { sent, received: result, args };
      this.gaveNonFinite ||= [result, ...args].some((value) => holdsNumber(value, isNonFinite));
      return { result, args };
    } catch (error) {
      if (error instanceof StudentFault) this.last = { sent, received: undefined, args: [], fault: error };
      throw error;
    }
  }
}

const isNonFinite = (number: number): boolean => !Number.isFinite(number);
