// Right as soon as no score is higher than that of the right class: where all are equal, everyone is right.
import { affineTransform, type Dataset, max, type NdArray } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function evaluate(W: NdArray, b: NdArray, data: Dataset): number {
  let right = 0;
  for (const [i, gold] of data.labels.entries()) {
    const scores = affineTransform(W, b, data.inputs.row(i));
    if (scores.at(gold) === max(scores)) right++;
  }
  return right / data.labels.length;
}
