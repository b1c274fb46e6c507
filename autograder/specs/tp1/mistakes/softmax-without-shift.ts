// The exponential overflows.
import { exp, type NdArray, sum } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, trainLinear } from "retroprop";

export function softmax(x: NdArray): NdArray {
  const e = exp(x);
  return e.div(sum(e));
}
