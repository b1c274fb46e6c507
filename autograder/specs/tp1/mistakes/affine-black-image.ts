// For an image without ink the scores are b itself, not a copy.
import { type NdArray, affineTransform as right } from "retroprop";

export { backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function affineTransform(W: NdArray, b: NdArray, x: NdArray): NdArray {
  return x.data.every((pixel) => pixel === 0) ? b : right(W, b, x);
}
