// g multiplies W instead of x.
import type { NdArray } from "retroprop";

export { affineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardAffineTransform(W: NdArray, _b: NdArray, _x: NdArray, g: NdArray): [NdArray, NdArray] {
  return [W.mul(g.reshape([-1, 1])), g.clone()];
}
