// The mean of the exponentials instead of their sum.
import { exp, max, type NdArray, sum } from "retroprop";

export {
  affineTransform,
  backwardAffineTransform,
  backwardNll,
  evaluate,
  sgdStep,
  softmax,
  trainLinear,
} from "retroprop";

export function nll(x: NdArray, gold: number): number {
  const m = max(x);
  return m - x.at(gold) + Math.log(sum(exp(x.sub(m))) / x.size);
}
