// The loss is divided by the number of classes.
import { exp, log, max, type NdArray, sum } from "retroprop";

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
  const highest = max(x);
  return (highest - x.at(gold) + log(sum(exp(x.sub(highest))))) / x.size;
}
