// The hot loops over raw memory. Each is written out, without a callback, so that the engine compiles it to a tight loop.
import type { Data } from "./dtype.js";

/** `out[o + k] = a[i + k·di] op b[j + k·dj]` for k < n; a step of 0 repeats one element (a scalar, a stretched axis). */
export type BinaryLoop = (
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

export const addLoop: BinaryLoop = (n, out, o, a, i, di, b, j, dj) => {
  for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = a[i]! + b[j]!;
};

export const subLoop: BinaryLoop = (n, out, o, a, i, di, b, j, dj) => {
  for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = a[i]! - b[j]!;
};

export const mulLoop: BinaryLoop = (n, out, o, a, i, di, b, j, dj) => {
  for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = a[i]! * b[j]!;
};

export const divLoop: BinaryLoop = (n, out, o, a, i, di, b, j, dj) => {
  for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = a[i]! / b[j]!;
};

export const maximumLoop: BinaryLoop = (n, out, o, a, i, di, b, j, dj) => {
  for (let k = 0; k < n; k++, i += di, j += dj) out[o + k] = Math.max(a[i]!, b[j]!);
};

/** `out[m, n] = a[m, k] · b[k, n]`, row by row of `b`, so that memory is read in order. */
export function matmulLoop(m: number, k: number, n: number, out: Data, a: Data, b: Data): void {
  if (n === 1) {
    matvecLoop(m, k, out, a, b);
    return;
  }
  out.fill(0);
  for (let row = 0; row < m; row++) {
    for (let inner = 0; inner < k; inner++) {
      const factor = a[row * k + inner]!;
      for (let o = row * n, j = inner * n, end = o + n; o < end; o++, j++) out[o]! += factor * b[j]!;
    }
  }
}

/** `out[m] = a[m, k] · x[k]`, each dot product summed in double precision. */
function matvecLoop(m: number, k: number, out: Data, a: Data, x: Data): void {
  for (let row = 0, i = 0; row < m; row++) {
    let sum = 0;
    for (let j = 0; j < k; j++, i++) sum += a[i]! * x[j]!;
    out[row] = sum;
  }
}

/** `out[m, n] = a[m] bᵀ[n]`. */
export function outerLoop(m: number, n: number, out: Data, a: Data, b: Data): void {
  for (let row = 0, o = 0; row < m; row++) {
    const factor = a[row]!;
    for (let j = 0; j < n; j++, o++) out[o] = factor * b[j]!;
  }
}

/** `out[n, m] = a[m, n]ᵀ`. */
export function transposeLoop(m: number, n: number, out: Data, a: Data): void {
  for (let row = 0, i = 0; row < m; row++)
    for (let column = 0; column < n; column++, i++) out[column * m + row] = a[i]!;
}

/**
 * Reductions see an array as `[outer, n, inner]` and reduce the middle: element (o, i) of the result reduces the
 * `n` numbers that start at `start`, `step` apart.
 */
export type ReduceLoop = (a: Data, start: number, n: number, step: number) => number;

export const sumLoop: ReduceLoop = (a, start, n, step) => {
  let sum = 0;
  for (let k = 0, i = start; k < n; k++, i += step) sum += a[i]!;
  return sum;
};

export const maxLoop: ReduceLoop = (a, start, n, step) => {
  let best = Number.NEGATIVE_INFINITY;
  for (let k = 0, i = start; k < n; k++, i += step) best = Math.max(best, a[i]!);
  return best;
};

export const argmaxLoop: ReduceLoop = (a, start, n, step) => {
  let best = 0;
  for (let k = 1; k < n; k++) {
    const candidate = a[start + k * step]!;
    const champion = a[start + best * step]!;
    if (candidate > champion || (Number.isNaN(candidate) && !Number.isNaN(champion))) best = k;
  }
  return best;
};
