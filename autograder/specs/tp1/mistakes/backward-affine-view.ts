// gb is a view of g: another object, the same memory.
import { type NdArray, outer } from "retroprop";

export { affineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardAffineTransform(_W: NdArray, _b: NdArray, x: NdArray, g: NdArray): [NdArray, NdArray] {
  return [outer(g, x), g.reshape([g.size])];
}
