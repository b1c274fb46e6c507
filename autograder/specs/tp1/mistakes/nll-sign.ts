// log p instead of -log p.
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
  return x.at(gold) - m - Math.log(sum(exp(x.sub(m))));
}
