// Negative log-likelihood of the right class under softmax, from logits; its gradient; the same for a batch.
import { zeros } from "../nd/creation.js";
import { exp, log, max, sum } from "../nd/math.js";
import type { NdArray } from "../nd/nd-array.js";
import { expectGradientShape, expectLabel, expectLabels } from "./expect-shapes.js";
import { softmax } from "./softmax.js";

/**
 * Negative log-likelihood `log Σⱼ exp(xⱼ) − x[gold]`, shifted by `m = max x` so that nothing overflows, and so that a
 * small loss keeps its digits: `(m − x[gold]) + log Σⱼ exp(xⱼ − m)`.
 *
 * @example
 * nll(array([1000, 0, 0]), 1) // 1000
 *
 * @param x logits `[k]`
 * @param gold index of the right class, in [0, k)
 * @returns the loss, ≥ 0
 * @throws RangeError when gold is no class
 * @python nll
 */
export function nll(x: NdArray, gold: number): number {
  expectLabel("nll", x, gold);
  const m = max(x);
  return m - x.at(gold) + log(sum(exp(x.sub(m))));
}

/**
 * Gradient of {@link nll} with respect to the logits: `g (softmax(x) − onehot(gold))`.
 *
 * @example
 * backwardNll(array([0, 0, 0, 0]), 1, 1) // [ 0.25 -0.75  0.25  0.25]
 *
 * @param x logits `[k]`
 * @param gold index of the right class, in [0, k)
 * @param g gradient of what follows with respect to the loss: 1 when the loss is the end
 * @returns gradient `[k]`; its components sum to zero
 * @throws RangeError when gold is no class
 * @python backward_nll
 */
export function backwardNll(x: NdArray, gold: number, g: number): NdArray {
  expectLabel("backwardNll", x, gold);
  const gx = softmax(x);
  gx.set([gold], gx.at(gold) - 1);
  return gx.mul(g);
}

/**
 * {@link nll} of each row: a batch of n gives n losses; their mean is the caller's.
 *
 * @param x logits `[n, k]`
 * @param golds n class indices
 * @returns losses `[n]`
 */
export function nllBatch(x: NdArray, golds: ArrayLike<number>): NdArray {
  expectLabels("nllBatch", x, golds);
  const losses = zeros([golds.length], { dtype: x.dtype });
  for (let i = 0; i < losses.size; i++) losses.data[i] = nll(x.row(i), golds[i]!);
  return losses;
}

/**
 * Gradient of {@link nllBatch} with respect to the logits, row by row: `gᵢ (softmax(xᵢ) − onehot(goldᵢ))`.
 *
 * @param x logits `[n, k]`
 * @param golds n class indices
 * @param g gradient with respect to each loss `[n]`: all 1/n when their mean is what follows
 * @returns gradient `[n, k]`
 */
export function backwardNllBatch(x: NdArray, golds: ArrayLike<number>, g: NdArray): NdArray {
  expectLabels("backwardNllBatch", x, golds);
  expectGradientShape("backwardNllBatch", g, [golds.length]);
  const gx = softmax(x);
  for (let i = 0; i < golds.length; i++) gx.set([i, golds[i]!], gx.at(i, golds[i]!) - 1);
  return gx.mul(g.reshape([-1, 1]));
}
