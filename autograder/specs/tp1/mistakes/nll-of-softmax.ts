// -log softmax(x)[gold] is infinite where the probability rounds to 0.
import { type NdArray, softmax } from "retroprop";

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
  return -Math.log(softmax(x).at(gold));
}
