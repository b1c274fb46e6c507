// Reads the numbers that PyTorch and NumPy froze in fixtures/, and compares ours with them.
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { array } from "../../src/nd/creation.js";
import type { DType } from "../../src/nd/dtype.js";
import type { NdArray } from "../../src/nd/nd-array.js";

/** A number; nan, inf, -inf and -0 as text. */
export type FrozenNumber = number | string;

export interface FrozenArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly FrozenNumber[];
}

export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8")) as T;
}

const specialNumbers: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
  "-0": -0,
};

export const thawNumber = (value: FrozenNumber): number => (typeof value === "number" ? value : specialNumbers[value]!);

export const thaw = ({ dtype, shape, data }: FrozenArray): NdArray =>
  array(data.map(thawNumber), { dtype }).reshape(shape);

/** Checks shape, dtype and every bit (NaNs are all the same). */
export function expectSameBits(received: NdArray, expected: NdArray, what: string): void {
  expectSameKind(received, expected, what);
  const differs = expected.data.findIndex((value, i) => !Object.is(received.data[i], value));
  expect(differs, `${what}: element ${differs}: ${received.data[differs]} instead of ${expected.data[differs]}`).toBe(
    -1,
  );
}

/** Checks shape, dtype, and every number within `tolerance`, relative to the larger of 1 and the expected number. */
export function expectClose(received: NdArray, expected: NdArray, tolerance: number, what: string): void {
  expectSameKind(received, expected, what);
  const differs = expected.data.findIndex((value, i) => !isClose(received.data[i]!, value, tolerance));
  expect(differs, `${what}: element ${differs}: ${received.data[differs]} instead of ${expected.data[differs]}`).toBe(
    -1,
  );
}

export const isClose = (received: number, expected: number, tolerance: number): boolean =>
  Object.is(received, expected) ||
  (Number.isFinite(expected) && Math.abs(received - expected) <= tolerance * Math.max(1, Math.abs(expected)));

function expectSameKind(received: NdArray, expected: NdArray, what: string): void {
  expect([received.dtype, ...received.shape], what).toEqual([expected.dtype, ...expected.shape]);
}
