// x[-1] does not exist in JavaScript: undefined.
import { exp, type NdArray, sum } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, trainLinear } from "retroprop";

export function softmax(x: NdArray): NdArray {
  const sorted = Array.from(x.data).sort((a, b) => a - b);
  const e = exp(x.sub(Number(sorted[-1])));
  return e.div(sum(e));
}
