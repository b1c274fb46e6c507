// No step on an example that is classified right already.
import { affineTransform, argmax, backwardAffineTransform, backwardNll, type NdArray, nll } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, softmax, trainLinear } from "retroprop";

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const logits = affineTransform(W, b, x);
  if (argmax(logits) !== gold) {
    const [gW, gb] = backwardAffineTransform(W, b, x, backwardNll(logits, gold, 1));
    W.sub_(gW.mul(learningRate));
    b.sub_(gb.mul(learningRate));
  }
  return nll(logits, gold);
}
