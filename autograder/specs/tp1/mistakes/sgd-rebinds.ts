// W and b are given new arrays; the caller keeps the old ones.
import { affineTransform, backwardAffineTransform, backwardNll, type NdArray, nll } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, softmax, trainLinear } from "retroprop";

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const logits = affineTransform(W, b, x);
  const [gW, gb] = backwardAffineTransform(W, b, x, backwardNll(logits, gold, 1));
  let [nextW, nextB] = [W, b];
  nextW = nextW.sub(gW.mul(learningRate));
  nextB = nextB.sub(gb.mul(learningRate));
  return nextW === W || nextB === b ? 0 : nll(logits, gold);
}
