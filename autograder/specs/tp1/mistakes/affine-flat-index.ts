// The flat index uses the number of rows as the length of a row.
import type { NdArray } from "retroprop";

export { backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function affineTransform(W: NdArray, b: NdArray, x: NdArray): NdArray {
  const scores = b.clone();
  for (let i = 0; i < b.size; i++) {
    for (let j = 0; j < x.size; j++) scores.data[i]! += W.data[j * b.size + i]! * x.data[j]!;
  }
  return scores;
}
