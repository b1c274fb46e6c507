// The search for the highest score starts at 0.
import { affineTransform, type Dataset, type NdArray } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function evaluate(W: NdArray, b: NdArray, data: Dataset): number {
  let right = 0;
  for (const [i, gold] of data.labels.entries()) {
    let [best, highest] = [0, 0];
    for (const [k, score] of affineTransform(W, b, data.inputs.row(i)).data.entries()) {
      if (score > highest) [best, highest] = [k, score];
    }
    if (best === gold) right++;
  }
  return right / data.labels.length;
}
