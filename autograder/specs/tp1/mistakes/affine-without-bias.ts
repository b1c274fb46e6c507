// The bias is left out.
import type { NdArray } from "retroprop";

export { backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function affineTransform(W: NdArray, _b: NdArray, x: NdArray): NdArray {
  return W.matmul(x);
}
