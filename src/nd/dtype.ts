// What an element is: 32- or 64-bit floating point, never mixed silently.
import { describeValue } from "./describe.js";

export type DType = "float32" | "float64";

/** The memory behind an array: row-major, one number an element. */
export type Data = (Float32Array | Float64Array) & Reducible;

/** `data.reduce(…)`, which TypeScript would refuse: each of the two has one of its own. */
interface Reducible {
  reduce(callback: (previous: number, current: number, index: number) => number): number;
  reduce<U>(callback: (previous: U, current: number, index: number) => U, initial: U): U;
}

let defaultDType: DType = "float32";

/** The dtype of arrays created without one: float32, as in PyTorch, unless {@link withDefaultDType} says otherwise. */
export const currentDType = (): DType => defaultDType;

/** Runs the synchronous `body` with another default dtype, and puts the old one back whatever happens. */
export function withDefaultDType<T>(dtype: DType, body: () => T): T {
  const before = defaultDType;
  defaultDType = dtype;
  try {
    return body();
  } finally {
    defaultDType = before;
  }
}

/** Memory for `size` numbers, all 0. Throws a RangeError on a dtype that does not exist. */
export function allocate(size: number, dtype: DType): Data {
  if (dtype === "float32") return new Float32Array(size);
  if (dtype === "float64") return new Float64Array(size);
  throw new RangeError(`dtype: expected "float32" or "float64", received ${describeValue(dtype)}`);
}

export const dtypeOf = (data: Data): DType => (data instanceof Float32Array ? "float32" : "float64");
