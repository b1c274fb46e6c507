// Keeps g itself, which belongs to another tensor.
import type { NdArray } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  tensor.gradient = tensor.gradient === undefined ? g : tensor.gradient.add(g);
}
