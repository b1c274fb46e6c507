// The first one finds nothing to be added to, and is lost.
import type { NdArray } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  if (tensor.gradient === undefined) tensor.gradient = g.mul(0);
  else tensor.gradient.add_(g);
}
