// The gradient of the bias is multiplied by the bias.
import { type NdArray, outer } from "retroprop";

export { affineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardAffineTransform(_W: NdArray, b: NdArray, x: NdArray, g: NdArray): [NdArray, NdArray] {
  return [outer(g, x), g.mul(b)];
}
