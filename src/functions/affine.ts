// The affine transform W x + b, of one example or of a batch, and its gradient.
import { outer, sum } from "../nd/math.js";
import type { NdArray } from "../nd/nd-array.js";
import { expectAffineGradient, expectAffineShapes } from "./expect-shapes.js";

/**
 * Affine transform `W x + b`.
 *
 * @example
 * affineTransform(array([[1, 2], [3, 4]]), array([10, 20]), array([1, 1])) // [13. 27.]
 *
 * @param W weights `[out, in]`
 * @param b bias `[out]`
 * @param x one example `[in]`, or a batch `[n, in]`
 * @returns scores `[out]`, or `[n, out]`
 * @throws ShapeError when the shapes do not fit
 * @python affine_transform
 */
export function affineTransform(W: NdArray, b: NdArray, x: NdArray): NdArray {
  expectAffineShapes("affineTransform", W, b, x);
  return x.ndim === 1 ? W.matmul(x).add(b) : x.matmul(W.transpose()).add(b);
}

/**
 * Gradient of {@link affineTransform} with respect to its parameters: `gW = g xᵀ`, `gb = g`, summed over a batch.
 *
 * @param W weights `[out, in]`
 * @param b bias `[out]`
 * @param x one example `[in]`, or a batch `[n, in]`
 * @param g gradient of the loss with respect to the scores, `[out]` or `[n, out]`
 * @returns `[gW, gb]`, of the shapes of W and b, sharing no memory with the arguments
 * @throws ShapeError when the shapes do not fit
 * @python backward_affine_transform
 */
export function backwardAffineTransform(W: NdArray, b: NdArray, x: NdArray, g: NdArray): [NdArray, NdArray] {
  expectAffineShapes("backwardAffineTransform", W, b, x, g);
  return x.ndim === 1 ? [outer(g, x), g.clone()] : [g.transpose().matmul(x), sum(g, { axis: 0 })];
}

/**
 * Gradient of {@link affineTransform} with respect to x: `Wᵀ g`, for each row of a batch.
 *
 * @example
 * backwardAffineInput(array([[1, 2], [3, 4]]), array([10, 1])) // [13. 24.]
 *
 * @param W weights `[out, in]`
 * @param g gradient of the loss with respect to the scores, `[out]` or `[n, out]`
 * @returns gradient `[in]`, or `[n, in]`
 * @throws ShapeError when the shapes do not fit
 */
export function backwardAffineInput(W: NdArray, g: NdArray): NdArray {
  expectAffineGradient("backwardAffineInput", W, g);
  return g.matmul(W); // (Wᵀ g)ᵀ = gᵀ W: nothing needs to be transposed
}
