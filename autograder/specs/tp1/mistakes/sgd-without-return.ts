// The loss is computed and not returned.
import { affineTransform, backwardAffineTransform, backwardNll, type NdArray, nll } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, softmax, trainLinear } from "retroprop";

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): void {
  const logits = affineTransform(W, b, x);
  const [gW, gb] = backwardAffineTransform(W, b, x, backwardNll(logits, gold, 1));
  W.sub_(gW.mul(learningRate));
  b.sub_(gb.mul(learningRate));
  nll(logits, gold);
}
