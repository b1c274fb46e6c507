// A softmax of its own, without the shift.
import { exp, type NdArray, sum } from "retroprop";

export { affineTransform, backwardAffineTransform, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardNll(x: NdArray, gold: number, g: number): NdArray {
  const e = exp(x);
  const gx = e.div(sum(e));
  gx.set([gold], gx.at(gold) - 1);
  return gx.mul(g);
}
