// Keeps g, then adds the next one into it.
import type { NdArray } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  if (tensor.gradient === undefined) tensor.gradient = g;
  else tensor.gradient.add_(g);
}
