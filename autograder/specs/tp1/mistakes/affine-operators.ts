// Operators on arrays, as in NumPy: arrays are not numbers.
import type { NdArray } from "retroprop";

export { backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function affineTransform(W: NdArray, b: NdArray, x: NdArray): unknown {
  return (W as unknown as number) * (x as unknown as number) + Number(b);
}
