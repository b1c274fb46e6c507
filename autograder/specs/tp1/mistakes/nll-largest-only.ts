// Through softmax, and the largest logit for the whole sum once the probability has come to zero.
import { max, type NdArray, softmax } from "retroprop";

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
  const loss = -Math.log(softmax(x).at(gold));
  return Number.isFinite(loss) ? loss : max(x) - x.at(gold);
}
