// [gb, gW] instead of [gW, gb].
import { type NdArray, outer } from "retroprop";

export { affineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardAffineTransform(_W: NdArray, _b: NdArray, x: NdArray, g: NdArray): [NdArray, NdArray] {
  return [g.clone(), outer(g, x)];
}
