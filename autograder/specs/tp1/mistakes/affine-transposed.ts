// Wᵀ x: the columns of W taken for its rows.
import type { NdArray } from "retroprop";

export { backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function affineTransform(W: NdArray, b: NdArray, x: NdArray): NdArray {
  return W.transpose().matmul(x).add(b);
}
