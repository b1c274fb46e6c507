// = where += is meant.
import type { NdArray } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  tensor.gradient = g.clone();
}
