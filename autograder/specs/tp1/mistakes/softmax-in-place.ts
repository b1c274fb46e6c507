// The shift is written into the logits.
import { exp, max, type NdArray, sum } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, trainLinear } from "retroprop";

export function softmax(x: NdArray): NdArray {
  x.sub_(max(x));
  const e = exp(x);
  return e.div(sum(e));
}
