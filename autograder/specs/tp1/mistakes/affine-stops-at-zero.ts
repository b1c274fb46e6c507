// The sum of products ends at the first pixel without ink.
import { type NdArray, zeros } from "retroprop";

export { backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function affineTransform(W: NdArray, b: NdArray, x: NdArray): NdArray {
  const scores = zeros(b.shape);
  for (let i = 0; i < b.size; i++) {
    let score = b.at(i);
    for (let j = 0; x.data[j]; j++) score += W.at(i, j) * x.data[j]!;
    scores.set([i], score);
  }
  return scores;
}
