// The probability is clipped, and with it the loss.
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
  return -Math.log(Math.max(softmax(x).at(gold), 1e-12));
}
