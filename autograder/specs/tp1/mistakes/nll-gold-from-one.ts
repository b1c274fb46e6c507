// Classes are counted from 1.
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
  return highest - x.at(Math.max(0, gold - 1)) + log(sum(exp(x.sub(highest))));
}
