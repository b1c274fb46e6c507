// A student whose last call is remembered, so that a failed test can be explained from what came back.
import type { Observed } from "./explain.js";
import { holdsNumber } from "./numbers.js";
import type { Called, CallResult, Evaluation, Sent, Student, Value } from "./student.js";
import { StudentFault } from "./student-fault.js";

export class RecordingStudent implements Student {
  /** The last call; `undefined` before the first. */
  last: Observed | undefined;
  /** Whether NaN, infinity or what becomes one when squared has come back: a matcher that is given such has it from there. */
  gaveExtreme = false;
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
      this.gaveExtreme ||= [result, ...args].some((value) => holdsNumber(value, isExtreme));
      return { result, args };
    } catch (error) {
      if (error instanceof StudentFault) this.last = { sent, received: undefined, args: [], fault: error };
      throw error;
    }
  }
}

/** Its square is no number of double precision; NaN as well. Single precision ends far below. */
const isExtreme = (number: number): boolean => !(Math.abs(number) < 1e150);
