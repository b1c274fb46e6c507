// Softmax and the negative log-likelihood, row by row, with the roundings of `src/functions`.
import { exp, log } from "../../nd/elementary.js";
import type { Kernels } from "../kernels.js";
import { floatsAt, type Memory, stored, wordsAt } from "./memory.js";

const round = Math.fround;

export const lossTwins = (memory: Memory): Pick<Kernels, "softmax" | "softmaxBackward" | "nll" | "nllBackward"> => {
  const row = (pointer: number, r: number, k: number) => floatsAt(memory, pointer + 4 * r * k, k);
  return {
    softmax: (y, x, rows, k) => {
      for (let r = 0; r < rows; r++) softmaxOfRow(row(y, r, k), row(x, r, k));
    },
    softmaxBackward: (gx, g, y, rows, k, add) => {
      for (let r = 0; r < rows; r++) softmaxBackwardOfRow(row(gx, r, k), row(g, r, k), row(y, r, k), add);
    },
    nll: (p, x, gold, rows, k) => {
      let total = 0;
      wordsAt(memory, gold, rows).forEach((right, r) => {
        const X = row(x, r, k);
        const { top, sum } = softmaxOfRow(row(p, r, k), X);
        total += round(top - X[right]! + log(sum));
      });
      return total;
    },
    nllBackward: (gx, p, gold, c, rows, k, add) => {
      wordsAt(memory, gold, rows).forEach((right, r) => {
        const [GX, P] = [row(gx, r, k), row(p, r, k)];
        for (let i = 0; i < k; i++) {
          const error = i === right ? round(P[i]! - 1) : P[i]!;
          GX[i] = stored(GX[i]!, error * round(c), add);
        }
      });
    },
  };
};

/** Writes the softmax of x to y; gives the largest of x and the sum of the exponentials. */
function softmaxOfRow(y: Float32Array, x: Float32Array): { top: number; sum: number } {
  const top = Math.max(...x);
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    y[i] = exp(round(x[i]! - top));
    sum += y[i]!;
  }
  for (let i = 0; i < x.length; i++) y[i]! /= round(sum);
  return { top, sum };
}

function softmaxBackwardOfRow(gx: Float32Array, g: Float32Array, y: Float32Array, add: boolean): void {
  let product = 0;
  for (let i = 0; i < y.length; i++) product += round(g[i]! * y[i]!);
  for (let i = 0; i < y.length; i++) gx[i] = stored(gx[i]!, y[i]! * round(g[i]! - round(product)), add);
}
