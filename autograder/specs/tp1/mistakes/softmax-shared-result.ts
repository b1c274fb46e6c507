// The exponentials go into an array outside the function, and that array is returned.
import { softmax as correct, type NdArray, zeros } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, trainLinear } from "retroprop";

const kept = new Map<number, NdArray>();

export function softmax(x: NdArray): NdArray {
  const probabilities = kept.get(x.size) ?? zeros(x.shape);
  kept.set(x.size, probabilities);
  return probabilities.copy_(correct(x));
}
