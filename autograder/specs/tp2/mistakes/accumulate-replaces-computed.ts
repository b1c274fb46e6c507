// Only leaves add up.
import type { NdArray } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  if (tensor.inputs.length > 0 || tensor.gradient === undefined) tensor.gradient = g.clone();
  else tensor.gradient.add_(g);
}
