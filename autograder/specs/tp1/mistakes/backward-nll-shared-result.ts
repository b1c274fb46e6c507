// The gradient is written into an array outside the function, and that array is returned.
import { backwardNll as correct, type NdArray, zeros } from "retroprop";

export { affineTransform, backwardAffineTransform, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

const kept = new Map<number, NdArray>();

export function backwardNll(x: NdArray, gold: number, g: number): NdArray {
  const gradient = kept.get(x.size) ?? zeros(x.shape);
  kept.set(x.size, gradient);
  return gradient.copy_(correct(x, gold, g));
}
