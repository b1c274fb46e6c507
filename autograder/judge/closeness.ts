// How far what came back is from what was expected: not numbers, another shape, or the element that is furthest off.
import { type Comparable, numbersIn, sameShape, toNumbers } from "./numbers.js";
import type { Value } from "./student.js";

export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

export type Difference =
  | { readonly kind: "not-numbers" }
  | { readonly kind: "shape"; readonly received: readonly number[]; readonly expected: readonly number[] }
  | {
      readonly kind: "element";
      readonly index: readonly number[];
      readonly received: number;
      readonly expected: number;
      /** How many elements are too far, of how many. */
      readonly wrong: number;
      readonly total: number;
    };

/** A test expects NaN or infinity: its own fault, unless the number came from the student. */
export class NonFiniteExpectation extends TypeError {
  constructor() {
    super("internal: an expected value is not finite: any answer would be near it");
  }
}

/** Wide enough for float32 and any order of summation, tight enough for a bug. */
const usualTolerance = { relative: 1e-5, absolute: 1e-5 };

/** `undefined` when every element is within `absolute + relative · |expected|`. */
export function differenceBetween(value: Value, wanted: Comparable, tolerance: Tolerance = {}): Difference | undefined {
  const received = numbersIn(value);
  if (received === undefined) return { kind: "not-numbers" };
  const expected = toNumbers(wanted);
  if (!sameShape(received.shape, expected.shape)) {
    return { kind: "shape", received: received.shape, expected: expected.shape };
  }
  if (!Array.from(expected.data).every(Number.isFinite)) {
    throw new NonFiniteExpectation();
  }
  const { worst, wrong } = compareElements(received.data, expected.data, { ...usualTolerance, ...tolerance });
  if (wrong === 0) return undefined;
  return {
    kind: "element",
    index: unravel(worst, expected.shape),
    received: received.data[worst]!,
    expected: expected.data[worst]!,
    wrong,
    total: expected.data.length,
  };
}

export const isClose = (value: Value, expected: Comparable, tolerance?: Tolerance): boolean =>
  differenceBetween(value, expected, tolerance) === undefined;

function compareElements(
  received: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative, absolute }: Required<Tolerance>,
): { worst: number; wrong: number } {
  let [worst, worstExcess, wrong] = [0, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(received[i]! - expected[i]!);
    const allowed = absolute + relative * Math.abs(expected[i]!);
    if (error <= allowed) continue; // written so that NaN is too far
    wrong++;
    const excess = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error - allowed;
    if (excess > worstExcess) [worst, worstExcess] = [i, excess];
  }
  return { worst, wrong };
}

function unravel(offset: number, shape: readonly number[]): readonly number[] {
  const index: number[] = [];
  let rest = offset;
  for (const length of [...shape].reverse()) {
    index.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return index;
}
