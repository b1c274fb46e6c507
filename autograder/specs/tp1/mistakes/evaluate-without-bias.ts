// The bias is left out.
import { argmax, type Dataset, type NdArray } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function evaluate(W: NdArray, _b: NdArray, data: Dataset): number {
  let right = 0;
  for (const [i, gold] of data.labels.entries()) {
    if (argmax(W.matmul(data.inputs.row(i))) === gold) right++;
  }
  return right / data.labels.length;
}
