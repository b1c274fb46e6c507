// Softmax: scores become probabilities, without overflow; and its gradient.
import { exp, max, sum } from "../nd/math.js";
import type { NdArray } from "../nd/nd-array.js";
import { expectGradientLike } from "./expect-shapes.js";

/**
 * Softmax `exp(xᵢ − m) / Σⱼ exp(xⱼ − m)` with `m = max x`: the shift changes nothing but the overflow.
 *
 * @example
 * softmax(array([1000, 1000])) // [0.5 0.5]
 *
 * @param x logits `[k]`, or a batch `[n, k]`
 * @returns probabilities of the shape of x; each row is positive and sums to 1
 * @python softmax
 */
export function softmax(x: NdArray): NdArray {
  const e = exp(x.sub(max(x, { axis: -1, keepDims: true })));
  return e.div(sum(e, { axis: -1, keepDims: true }));
}

/**
 * Gradient of {@link softmax} with respect to x: `s ⊙ (g − ⟨g, s⟩)` with `s = softmax(x)`, row by row.
 *
 * @param x logits `[k]`, or a batch `[n, k]`
 * @param g gradient of the loss with respect to the probabilities, of the shape of x
 * @returns gradient of the shape of x
 * @throws ShapeError when x and g differ in shape
 */
export function backwardSoftmax(x: NdArray, g: NdArray): NdArray {
  expectGradientLike("backwardSoftmax", g, x);
  const s = softmax(x);
  return s.mul(g.sub(sum(g.mul(s), { axis: -1, keepDims: true })));
}
