// x gᵀ instead of g xᵀ.
import { type NdArray, outer } from "retroprop";

export { affineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardAffineTransform(_W: NdArray, _b: NdArray, x: NdArray, g: NdArray): [NdArray, NdArray] {
  return [outer(x, g), g.clone()];
}
