// 1 - p instead of -log p.
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
  return 1 - softmax(x).at(gold);
}
