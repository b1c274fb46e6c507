// Only the bias is updated.
import { affineTransform, backwardAffineTransform, backwardNll, type NdArray, nll } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, softmax, trainLinear } from "retroprop";

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const logits = affineTransform(W, b, x);
  const [, gb] = backwardAffineTransform(W, b, x, backwardNll(logits, gold, 1));
  b.sub_(gb.mul(learningRate));
  return nll(logits, gold);
}
