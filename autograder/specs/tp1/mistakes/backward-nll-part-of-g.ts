// g multiplies softmax, not the one-hot.
import { type NdArray, softmax } from "retroprop";

export { affineTransform, backwardAffineTransform, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardNll(x: NdArray, gold: number, g: number): NdArray {
  const gx = softmax(x).mul(g);
  gx.set([gold], gx.at(gold) - 1);
  return gx;
}
