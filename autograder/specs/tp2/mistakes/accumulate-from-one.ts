// The sum starts from 1.
import { type NdArray, ones } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  tensor.gradient = (tensor.gradient ?? ones(g.shape)).add(g);
}
