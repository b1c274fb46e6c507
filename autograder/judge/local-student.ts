// A student whose functions live in this process, as in a notebook: what they get and give is copied as over the wire.
import * as lib from "retroprop";
import { decode, encode, TooLargeError } from "../harness/codec.js";
import type { WireValue } from "../harness/protocol.js";
import { decodeValue } from "./decode.js";
import type { Called, CallResult, Evaluation, Sent, Student, Value } from "./student.js";
import { StudentFault } from "./student-fault.js";

/** Functions by name, or a module that exports them. */
export type Functions = Readonly<Record<string, unknown>>;

export class LocalStudent implements Student {
  readonly #functions: Functions;

  constructor(functions: Functions) {
    this.#functions = functions;
  }

  async call(name: string, ...args: readonly Sent[]): Promise<Value> {
    return (await this.callAndReturnArguments(name, ...args)).result;
  }

  async callAndReturnArguments(name: string, ...args: readonly Sent[]): Promise<CallResult> {
    const live = args.map(copyOf);
    const call = this.#functions[name];
    if (typeof call !== "function") throw missing(this.#functions);
    return answered(async () => ({ result: seen(await call(...live)), args: live.map(seen) }));
  }

  async *callEach<Args extends readonly Sent[]>(
    name: string,
    argLists: readonly Args[],
  ): AsyncGenerator<Called<Args>, void> {
    for (const sent of argLists) yield { sent, ...(await this.callAndReturnArguments(name, ...sent)) };
  }

  async evaluate<Inputs extends Sent>(body: Evaluation<Inputs>, inputs: Inputs): Promise<Value> {
    const run = body as (scope: object, inputs: unknown) => unknown;
    const live = copyOf(inputs);
    return answered(async () => seen(await run({ tp: this.#functions, lib }, live)));
  }

  async *evaluateEach<Inputs extends Sent>(
    body: Evaluation<Inputs>,
    inputs: readonly Inputs[],
  ): AsyncGenerator<Called<readonly [Inputs]>, void> {
    for (const one of inputs) yield { sent: [one], result: await this.evaluate(body, one), args: [] };
  }
}

const copyOf = (sent: Sent): unknown => decode(overTheWire(sent));
const seen = (live: unknown): Value => decodeValue(overTheWire(live));
const overTheWire = (live: unknown): WireValue => JSON.parse(JSON.stringify(encode(live))) as WireValue;

/** The answer, or the fault it came to. */
async function answered<T>(answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof StudentFault) throw error;
    if (error instanceof TooLargeError) throw new StudentFault("output-limit");
    const isError = error instanceof Error;
    const message = isError ? error.message : String(error);
    throw new StudentFault("threw", { name: isError ? error.name : "Error", message });
  }
}

const missing = (functions: Functions): StudentFault =>
  new StudentFault("missing", { name: "ReferenceError", message: Object.keys(functions).join(", ") });
