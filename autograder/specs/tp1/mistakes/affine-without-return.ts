// Braces without a return.
import type { NdArray } from "retroprop";

export { backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function affineTransform(W: NdArray, b: NdArray, x: NdArray): void {
  W.matmul(x).add(b);
}
