// A student whose last call is remembered, so that a failed test can be explained from what came back.
import type { Observed } from "./explain.js";
import type { CallResult, Evaluation, Sent, Student, Value } from "./student.js";
import { StudentFault } from "./student-fault.js";

export class RecordingStudent implements Student {
  /** The last call; `undefined` before the first. */
  last: Observed | undefined;
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
      return { result, args };
    } catch (error) {
      if (error instanceof StudentFault) this.last = { sent, received: undefined, args: [], fault: error };
      throw error;
    }
  }
}
