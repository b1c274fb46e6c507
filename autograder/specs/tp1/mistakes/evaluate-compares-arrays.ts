// An array of scores compared with a number: never equal.
import { affineTransform, type Dataset, type NdArray } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function evaluate(W: NdArray, b: NdArray, data: Dataset): number {
  let right = 0;
  for (const [i, gold] of data.labels.entries()) {
    if ((affineTransform(W, b, data.inputs.row(i)) as unknown) === gold) right++;
  }
  return right / data.labels.length;
}
