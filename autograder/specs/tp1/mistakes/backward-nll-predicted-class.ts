// 1 is subtracted from the class that is predicted, not from the right one.
import { argmax, type NdArray, softmax } from "retroprop";

export { affineTransform, backwardAffineTransform, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardNll(x: NdArray, _gold: number, g: number): NdArray {
  const gradient = softmax(x);
  const predicted = argmax(x);
  gradient.set([predicted], gradient.at(predicted) - 1);
  return gradient.mul(g);
}
