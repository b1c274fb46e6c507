// Math.log2: bits instead of nats.
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
  return (m - x.at(gold)) / Math.LN2 + Math.log2(sum(exp(x.sub(m))));
}
