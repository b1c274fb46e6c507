// Transposition and reductions over raw memory: plain loops, that the engine compiles well.
import type { Data } from "./dtype.js";

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
