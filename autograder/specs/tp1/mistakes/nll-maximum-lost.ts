// The shift is not added back after the logarithm.
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
  return Math.log(sum(exp(x.sub(max(x))))) - x.at(gold);
}
