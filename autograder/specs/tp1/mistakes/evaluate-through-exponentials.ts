// Compares exponentials of the scores, which overflow.
import { affineTransform as affine, argmax, type Dataset, exp, type NdArray } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function evaluate(W: NdArray, b: NdArray, { inputs, labels }: Dataset): number {
  let right = 0;
  labels.forEach((gold, i) => {
    const e = exp(affine(W, b, inputs.row(i)));
    if (argmax(e.div(e.sum())) === gold) right++;
  });
  return right / labels.length;
}
