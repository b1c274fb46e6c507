// Copies the first gradient, but not that of a Parameter.
import type { NdArray } from "retroprop";
import { accumulateGradient as correct, Parameter, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  if (tensor instanceof Parameter && tensor.gradient === undefined) tensor.gradient = g;
  else correct(tensor, g);
}
