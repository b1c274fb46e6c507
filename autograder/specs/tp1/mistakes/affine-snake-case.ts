// The name the function has in Python.
import type { NdArray } from "retroprop";

export { backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function affine_transform(W: NdArray, b: NdArray, x: NdArray): NdArray {
  return W.matmul(x).add(b);
}
