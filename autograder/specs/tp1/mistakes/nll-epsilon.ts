// A small number inside the logarithm hides the underflow.
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
  return -Math.log(softmax(x).at(gold) + 1e-8);
}
