// The logarithms of the probabilities.
import { exp, max, type NdArray, sum } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, trainLinear } from "retroprop";

export function softmax(x: NdArray): NdArray {
  const shifted = x.sub(max(x));
  return shifted.sub(Math.log(sum(exp(shifted))));
}
