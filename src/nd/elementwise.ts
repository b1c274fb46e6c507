// Elementwise arithmetic over raw memory.
import type { Data } from "./dtype.js";

/** Elementwise loops over memory in order: strides are the caller's. */
export interface BinaryLoops {
  /** `out[o + k] = a[i + k] op b[j + k]` for k < n. */
  readonly pairs: (n: number, out: Data, o: number, a: Data, i: number, b: Data, j: number) => void;
  /** `out[o + k] = a[i + k] op y` for k < n. */
  readonly scalar: (n: number, out: Data, o: number, a: Data, i: number, y: number) => void;
}

/**
 * An elementwise operation. Training runs on float32: its loops are written out, four elements a turn, which is twice as
 * fast. float64, which only checks gradients, calls a function for each element; loops of its own, so that the engine
 * never has to compile the hot ones for both kinds of memory.
 */
export interface BinaryOperation {
  readonly float32: BinaryLoops;
  readonly float64: BinaryLoops;
}

const calling = (f: (x: number, y: number) => number): BinaryLoops => ({
  pairs: (n, out, o, a, i, b, j) => {
    for (let k = 0; k < n; k++) out[o + k] = f(a[i + k]!, b[j + k]!);
  },
  scalar: (n, out, o, a, i, y) => {
    for (let k = 0; k < n; k++) out[o + k] = f(a[i + k]!, y);
  },
});

export const add: BinaryOperation = {
  float32: {
    pairs: (n, out, o, a, i, b, j) => {
      let k = 0;
      for (; k + 3 < n; k += 4) {
        out[o + k] = a[i + k]! + b[j + k]!;
        out[o + k + 1] = a[i + k + 1]! + b[j + k + 1]!;
        out[o + k + 2] = a[i + k + 2]! + b[j + k + 2]!;
        out[o + k + 3] = a[i + k + 3]! + b[j + k + 3]!;
      }
      for (; k < n; k++) out[o + k] = a[i + k]! + b[j + k]!;
    },
    scalar: (n, out, o, a, i, y) => {
      let k = 0;
      for (; k + 3 < n; k += 4) {
        out[o + k] = a[i + k]! + y;
        out[o + k + 1] = a[i + k + 1]! + y;
        out[o + k + 2] = a[i + k + 2]! + y;
        out[o + k + 3] = a[i + k + 3]! + y;
      }
      for (; k < n; k++) out[o + k] = a[i + k]! + y;
    },
  },
  float64: calling((x, y) => x + y),
};

export const sub: BinaryOperation = {
  float32: {
    pairs: (n, out, o, a, i, b, j) => {
      let k = 0;
      for (; k + 3 < n; k += 4) {
        out[o + k] = a[i + k]! - b[j + k]!;
        out[o + k + 1] = a[i + k + 1]! - b[j + k + 1]!;
        out[o + k + 2] = a[i + k + 2]! - b[j + k + 2]!;
        out[o + k + 3] = a[i + k + 3]! - b[j + k + 3]!;
      }
      for (; k < n; k++) out[o + k] = a[i + k]! - b[j + k]!;
    },
    scalar: (n, out, o, a, i, y) => {
      let k = 0;
      for (; k + 3 < n; k += 4) {
        out[o + k] = a[i + k]! - y;
        out[o + k + 1] = a[i + k + 1]! - y;
        out[o + k + 2] = a[i + k + 2]! - y;
        out[o + k + 3] = a[i + k + 3]! - y;
      }
      for (; k < n; k++) out[o + k] = a[i + k]! - y;
    },
  },
  float64: calling((x, y) => x - y),
};

export const mul: BinaryOperation = {
  float32: {
    pairs: (n, out, o, a, i, b, j) => {
      let k = 0;
      for (; k + 3 < n; k += 4) {
        out[o + k] = a[i + k]! * b[j + k]!;
        out[o + k + 1] = a[i + k + 1]! * b[j + k + 1]!;
        out[o + k + 2] = a[i + k + 2]! * b[j + k + 2]!;
        out[o + k + 3] = a[i + k + 3]! * b[j + k + 3]!;
      }
      for (; k < n; k++) out[o + k] = a[i + k]! * b[j + k]!;
    },
    scalar: (n, out, o, a, i, y) => {
      let k = 0;
      for (; k + 3 < n; k += 4) {
        out[o + k] = a[i + k]! * y;
        out[o + k + 1] = a[i + k + 1]! * y;
        out[o + k + 2] = a[i + k + 2]! * y;
        out[o + k + 3] = a[i + k + 3]! * y;
      }
      for (; k < n; k++) out[o + k] = a[i + k]! * y;
    },
  },
  float64: calling((x, y) => x * y),
};

export const div: BinaryOperation = {
  float32: {
    pairs: (n, out, o, a, i, b, j) => {
      let k = 0;
      for (; k + 3 < n; k += 4) {
        out[o + k] = a[i + k]! / b[j + k]!;
        out[o + k + 1] = a[i + k + 1]! / b[j + k + 1]!;
        out[o + k + 2] = a[i + k + 2]! / b[j + k + 2]!;
        out[o + k + 3] = a[i + k + 3]! / b[j + k + 3]!;
      }
      for (; k < n; k++) out[o + k] = a[i + k]! / b[j + k]!;
    },
    scalar: (n, out, o, a, i, y) => {
      let k = 0;
      for (; k + 3 < n; k += 4) {
        out[o + k] = a[i + k]! / y;
        out[o + k + 1] = a[i + k + 1]! / y;
        out[o + k + 2] = a[i + k + 2]! / y;
        out[o + k + 3] = a[i + k + 3]! / y;
      }
      for (; k < n; k++) out[o + k] = a[i + k]! / y;
    },
  },
  float64: calling((x, y) => x / y),
};

export const maximum: BinaryOperation = {
  float32: {
    pairs: (n, out, o, a, i, b, j) => {
      let k = 0;
      for (; k + 3 < n; k += 4) {
        out[o + k] = Math.max(a[i + k]!, b[j + k]!);
        out[o + k + 1] = Math.max(a[i + k + 1]!, b[j + k + 1]!);
        out[o + k + 2] = Math.max(a[i + k + 2]!, b[j + k + 2]!);
        out[o + k + 3] = Math.max(a[i + k + 3]!, b[j + k + 3]!);
      }
      for (; k < n; k++) out[o + k] = Math.max(a[i + k]!, b[j + k]!);
    },
    scalar: (n, out, o, a, i, y) => {
      let k = 0;
      for (; k + 3 < n; k += 4) {
        out[o + k] = Math.max(a[i + k]!, y);
        out[o + k + 1] = Math.max(a[i + k + 1]!, y);
        out[o + k + 2] = Math.max(a[i + k + 2]!, y);
        out[o + k + 3] = Math.max(a[i + k + 3]!, y);
      }
      for (; k < n; k++) out[o + k] = Math.max(a[i + k]!, y);
    },
  },
  float64: calling((x, y) => Math.max(x, y)),
};
