// The scores are added into b itself.
import type { NdArray } from "retroprop";

export { backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function affineTransform(W: NdArray, b: NdArray, x: NdArray): NdArray {
  return b.add_(W.matmul(x));
}
