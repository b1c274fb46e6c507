// The student's code as a test sees it: functions to call, values that come back. The same over a process or in a notebook.
import type { NdArray } from "retroprop";

/** What a test may send: arrays and plain values. */
export type Sent =
  | NdArray
  | number
  | string
  | boolean
  | null
  | undefined
  | ArrayLike<number>
  | readonly Sent[]
  | { readonly [key: string]: Sent };

/** An array that came back: read once into fresh memory, shape and dtype checked. */
export interface ArrayValue {
  readonly kind: "array";
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** What came back; nothing of it is the student's own object. */
export type Value =
  | null
  | undefined
  | boolean
  | number
  | string
  | ArrayValue
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "object"; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: "other"; readonly what: string };

export interface CallResult {
  readonly result: Value;
  /** The arguments as they are after the call: purity and in-place updates are judged on them. */
  readonly args: readonly Value[];
}

/** One of several calls. */
export interface Called<Args> extends CallResult {
  readonly sent: Args;
}

/** Throws {@link StudentFault} when the code throws, ends, hangs or sends something unreadable. */
export interface Student {
  call(name: string, ...args: readonly Sent[]): Promise<Value>;
  callAndReturnArguments(name: string, ...args: readonly Sent[]): Promise<CallResult>;
  /**
   * Calls the function on each list of arguments, one after the other, at the price of one call: to wake a process takes
   * longer than most calls do. They have the time of one call together. Throws in the place of the first that fails; should
   * the code end or hang, in the place of the first of all.
   *
   * @example for await (const { sent: [x, gold], result } of student.callEach("nll", cases)) expect(result).toBe(…);
   */
  callEach<Args extends readonly Sent[]>(name: string, argLists: readonly Args[]): AsyncIterable<Called<Args>>;
  /**
   * Runs `body` beside the student's code: `tp` holds their functions, `lib` the library. It must be closure-free, since
   * its text is what runs; it holds no expected value.
   */
  evaluate<Inputs extends Sent>(body: Evaluation<Inputs>, inputs: Inputs): Promise<Value>;
  /** The same for each of the inputs, at the price of one evaluation, as {@link callEach}. */
  evaluateEach<Inputs extends Sent>(
    body: Evaluation<Inputs>,
    inputs: readonly Inputs[],
  ): AsyncIterable<Called<readonly [Inputs]>>;
  /** Limits each of the calls that follow; `undefined` for the usual limit. Nothing where calls cannot be stopped. */
  limitCalls?(timeLimitMs: number | undefined): void;
  /** The calls that follow are for this exercise: how often it may die is counted for each. */
  beginExercise?(id: string): void;
}

/** Typed by each spec, which knows what `tp` holds. */
export type Evaluation<Inputs> = (scope: { readonly tp: never; readonly lib: never }, inputs: Inputs) => unknown;
