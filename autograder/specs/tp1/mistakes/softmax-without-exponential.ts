// The logits over their sum.
import { type NdArray, sum } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, trainLinear } from "retroprop";

export function softmax(x: NdArray): NdArray {
  return x.div(sum(x));
}
