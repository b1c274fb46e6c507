// Elementwise arithmetic over raw memory.
import type { Data } from "./dtype.js";

/**
 * Loops of an elementwise operation. Those over a whole array work in place, on memory that already holds `a`: one array
 * less to look into, and no offsets. Where training spends its time they take eight elements a turn, twice as fast.
 */
export interface BinaryLoops {
  /** `a[k] = a[k] op b[k]`, of one length. */
  readonly arrays: (a: Data, b: Data) => void;
  /** `a[k] = a[k] op y`. */
  readonly number: (a: Data, y: number) => void;
  /** `out[o + k] = a[i + k di] op b[j + k dj]` for k < n: a step of 0 stretches one element. */
  readonly strided: (
    n: number,
    out: Data,
    o: number,
    a: Data,
    i: number,
    di: number,
    b: Data,
    j: number,
    dj: number,
  ) => void;
}

/**
 * An elementwise operation. Training runs on float32: its loops are written out. float64, which only checks gradients,
 * calls a function for each element; loops of its own, so that the engine never has to compile the hot ones for both
 * kinds of memory.
 */
export interface BinaryOperation {
  readonly float32: BinaryLoops;
  readonly float64: BinaryLoops;
}

const calling = (f: (x: number, y: number) => number): BinaryLoops => ({
  arrays: (a, b) => {
    for (let k = 0; k < a.length; k++) a[k] = f(a[k]!, b[k]!);
  },
  number: (a, y) => {
    for (let k = 0; k < a.length; k++) a[k] = f(a[k]!, y);
  },
  strided: (n, out, o, a, i, di, b, j, dj) => {
    for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = f(a[i]!, b[j]!);
  },
});

export const add: BinaryOperation = {
  float32: {
    arrays: (a, b) => {
      let k = 0;
      for (; k + 7 < a.length; k += 8) {
        a[k]! += b[k]!;
        a[k + 1]! += b[k + 1]!;
        a[k + 2]! += b[k + 2]!;
        a[k + 3]! += b[k + 3]!;
        a[k + 4]! += b[k + 4]!;
        a[k + 5]! += b[k + 5]!;
        a[k + 6]! += b[k + 6]!;
        a[k + 7]! += b[k + 7]!;
      }
      for (; k < a.length; k++) a[k]! += b[k]!;
    },
    number: (a, y) => {
      for (let k = 0; k < a.length; k++) a[k]! += y;
    },
    strided: (n, out, o, a, i, di, b, j, dj) => {
      for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = a[i]! + b[j]!;
    },
  },
  float64: calling((x, y) => x + y),
};

export const sub: BinaryOperation = {
  float32: {
    arrays: (a, b) => {
      let k = 0;
      for (; k + 7 < a.length; k += 8) {
        a[k]! -= b[k]!;
        a[k + 1]! -= b[k + 1]!;
        a[k + 2]! -= b[k + 2]!;
        a[k + 3]! -= b[k + 3]!;
        a[k + 4]! -= b[k + 4]!;
        a[k + 5]! -= b[k + 5]!;
        a[k + 6]! -= b[k + 6]!;
        a[k + 7]! -= b[k + 7]!;
      }
      for (; k < a.length; k++) a[k]! -= b[k]!;
    },
    number: (a, y) => {
      for (let k = 0; k < a.length; k++) a[k]! -= y;
    },
    strided: (n, out, o, a, i, di, b, j, dj) => {
      for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = a[i]! - b[j]!;
    },
  },
  float64: calling((x, y) => x - y),
};

export const mul: BinaryOperation = {
  float32: {
    arrays: (a, b) => {
      let k = 0;
      for (; k + 7 < a.length; k += 8) {
        a[k]! *= b[k]!;
        a[k + 1]! *= b[k + 1]!;
        a[k + 2]! *= b[k + 2]!;
        a[k + 3]! *= b[k + 3]!;
        a[k + 4]! *= b[k + 4]!;
        a[k + 5]! *= b[k + 5]!;
        a[k + 6]! *= b[k + 6]!;
        a[k + 7]! *= b[k + 7]!;
      }
      for (; k < a.length; k++) a[k]! *= b[k]!;
    },
    number: (a, y) => {
      let k = 0;
      for (; k + 7 < a.length; k += 8) {
        a[k]! *= y;
        a[k + 1]! *= y;
        a[k + 2]! *= y;
        a[k + 3]! *= y;
        a[k + 4]! *= y;
        a[k + 5]! *= y;
        a[k + 6]! *= y;
        a[k + 7]! *= y;
      }
      for (; k < a.length; k++) a[k]! *= y;
    },
    strided: (n, out, o, a, i, di, b, j, dj) => {
      for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = a[i]! * b[j]!;
    },
  },
  float64: calling((x, y) => x * y),
};

export const div: BinaryOperation = {
  float32: {
    arrays: (a, b) => {
      for (let k = 0; k < a.length; k++) a[k]! /= b[k]!;
    },
    number: (a, y) => {
      for (let k = 0; k < a.length; k++) a[k]! /= y;
    },
    strided: (n, out, o, a, i, di, b, j, dj) => {
      for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = a[i]! / b[j]!;
    },
  },
  float64: calling((x, y) => x / y),
};

export const maximum: BinaryOperation = {
  float32: {
    arrays: (a, b) => {
      for (let k = 0; k < a.length; k++) a[k] = Math.max(a[k]!, b[k]!);
    },
    number: (a, y) => {
      for (let k = 0; k < a.length; k++) a[k] = Math.max(a[k]!, y);
    },
    strided: (n, out, o, a, i, di, b, j, dj) => {
      for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = Math.max(a[i]!, b[j]!);
    },
  },
  float64: calling((x, y) => Math.max(x, y)),
};

/** `a[k] += factor · b[k]` in float32, the product rounded before the sum as in two operations. */
export function addScaledFloat32(a: Data, b: Data, factor: number): void {
  const round = Math.fround;
  let k = 0;
  for (; k + 7 < a.length; k += 8) {
    a[k]! += round(factor * b[k]!);
    a[k + 1]! += round(factor * b[k + 1]!);
    a[k + 2]! += round(factor * b[k + 2]!);
    a[k + 3]! += round(factor * b[k + 3]!);
    a[k + 4]! += round(factor * b[k + 4]!);
    a[k + 5]! += round(factor * b[k + 5]!);
    a[k + 6]! += round(factor * b[k + 6]!);
    a[k + 7]! += round(factor * b[k + 7]!);
  }
  for (; k < a.length; k++) a[k]! += round(factor * b[k]!);
}
