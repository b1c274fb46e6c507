// Products and reductions over raw memory: plain loops, that the engine compiles well.
import { type Data, dtypeOf } from "./dtype.js";
import { mul } from "./elementwise.js";

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

/**
 * `out[m] = a[m, k] · x[k]`, each dot product in double precision, as four partial sums: an addition need not wait for
 * the one before it.
 */
function matvecLoop(m: number, k: number, out: Data, a: Data, x: Data): void {
  const whole = k - (k % 4);
  for (let row = 0; row < m; row++) {
    const i = row * k;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let j = 0; j < whole; j += 4) {
      s0 += a[i + j]! * x[j]!;
      s1 += a[i + j + 1]! * x[j + 1]!;
      s2 += a[i + j + 2]! * x[j + 2]!;
      s3 += a[i + j + 3]! * x[j + 3]!;
    }
    for (let j = whole; j < k; j++) s0 += a[i + j]! * x[j]!;
    out[row] = s0 + s1 + (s2 + s3);
  }
}

/** `out[m, n] = a[m] bᵀ[n]`. */
export function outerLoop(m: number, n: number, out: Data, a: Data, b: Data): void {
  const loops = mul[dtypeOf(out)];
  for (let row = 0; row < m; row++) loops.scalar(n, out, row * n, b, 0, a[row]!);
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
