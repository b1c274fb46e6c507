// 1 is subtracted from the class that is predicted, not from the right one.
import { argmax, type NdArray, backwardNll as right } from "retroprop";

export { affineTransform, backwardAffineTransform, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export const backwardNll = (x: NdArray, _gold: number, g: number): NdArray => right(x, argmax(x), g);
