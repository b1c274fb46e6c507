// The gradient of p, not of -log p.
import { type NdArray, softmax } from "retroprop";

export { affineTransform, backwardAffineTransform, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardNll(x: NdArray, gold: number, g: number): NdArray {
  const p = softmax(x);
  const gx = p.mul(-p.at(gold) * g);
  gx.set([gold], p.at(gold) * (1 - p.at(gold)) * g);
  return gx;
}
