// The loop stops one example early, and divides by the examples it saw.
import { affineTransform, argmax, type Dataset, type NdArray } from "retroprop";

export {
  affineTransform,
  backwardAffineTransform,
  backwardNll,
  nll,
  sgdStep,
  softmax,
  trainLinear,
} from "retroprop";

export function evaluate(W: NdArray, b: NdArray, data: Dataset): number {
  const last = data.labels.length - 1;
  let right = 0;
  for (let i = 0; i < last; i++) {
    if (argmax(affineTransform(W, b, data.inputs.row(i))) === data.labels[i]) right++;
  }
  return right / last;
}
