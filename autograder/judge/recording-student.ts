// A student whose last call is remembered, so that a failed test can be explained from what came back.
import type { Observed } from "./explain.js";
import { holdsNumber } from "./numbers.js";
import type { Called, CallResult, Evaluation, Sent, Student, Value } from "./student.js";
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

  callEach<Args extends readonly Sent[]>(name: string, argLists: readonly Args[]): AsyncGenerator<Called<Args>, void> {
    return this.#recordEach(argLists, this.#student.callEach(name, argLists));
  }

  async evaluate<Inputs extends Sent>(body: Evaluation<Inputs>, inputs: Inputs): Promise<Value> {
    const run = async () => ({ result: await this.#student.evaluate(body, inputs), args: [] });
    return (await this.#record([inputs], run)).result;
  }

  evaluateEach<Inputs extends Sent>(
    body: Evaluation<Inputs>,
    inputs: readonly Inputs[],
  ): AsyncGenerator<Called<readonly [Inputs]>, void> {
    const sent = inputs.map((one) => [one] as const);
    return this.#recordEach(sent, this.#student.evaluateEach(body, inputs));
  }

  /** The last is the one the test is looking at, though those behind it have come back as well. */
  async *#recordEach<Args extends readonly Sent[]>(
    sent: readonly Args[],
    calls: AsyncIterable<Called<Args>>,
  ): AsyncGenerator<Called<Args>, void> {
    const answers = calls[Symbol.asyncIterator]();
    for (const args of sent) {
      const answer = await this.#record(args, async () => (await answers.next()).value as Called<Args>);
      yield { sent: args, ...answer };
    }
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
