// Random arrays for property tests: shapes with 0, 1, primes and others; numbers of moderate size in float64.
import type { DType } from "../src/nd/dtype.js";
import { NdArray } from "../src/nd/nd-array.js";
import { type Shape, sizeOf } from "../src/nd/shape.js";
import fc from "./properties.js";

/** A length ≥ 1: often 1 or a prime. */
export const length = (max = 7): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(1, 2, 3, 5, 7).map((n) => Math.min(n, max)),
    fc.integer({ min: 1, max }),
  );

/** Lengths along `min` to `max` axes; 0 among them only when asked for. */
export const shape = ({ min = 0, max = 3, empty = false } = {}): fc.Arbitrary<number[]> =>
  fc.array(empty ? fc.oneof(length(5), fc.constant(0)) : length(5), { minLength: min, maxLength: max });

export function arrayOf(size: Shape, { limit = 3, dtype = "float64" as DType } = {}): fc.Arbitrary<NdArray> {
  const count = sizeOf(size);
  return fc
    .array(fc.double({ min: -limit, max: limit, noNaN: true }), { minLength: count, maxLength: count })
    .map((values) => new NdArray(dtype === "float32" ? Float32Array.from(values) : Float64Array.from(values), size));
}

/** One example `[k]` or a batch `[n, k]`. */
export const vectorOrBatch = (k: number): fc.Arbitrary<NdArray> =>
  fc
    .oneof(
      fc.constant([k]),
      length(4).map((n) => [n, k]),
    )
    .chain((size) => arrayOf(size));
