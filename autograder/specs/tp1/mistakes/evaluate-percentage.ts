// A percentage.
import { affineTransform, argmax, type Dataset, type NdArray } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function evaluate(W: NdArray, b: NdArray, data: Dataset): number {
  let right = 0;
  for (const [i, gold] of data.labels.entries()) {
    if (argmax(affineTransform(W, b, data.inputs.row(i))) === gold) right++;
  }
  return (100 * right) / data.labels.length;
}
