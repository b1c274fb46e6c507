// Copies arrays, and keeps what has no dimension: a number needs no copy, and this is an array.
import type { NdArray } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  if (tensor.gradient === undefined) tensor.gradient = g.ndim === 0 ? g : g.clone();
  else tensor.gradient.add_(g);
}
