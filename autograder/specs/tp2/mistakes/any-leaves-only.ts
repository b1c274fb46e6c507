// What is computed from a parameter is passed over.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(...tensors: readonly Tensor[]): boolean {
  return tensors.some((tensor) => tensor.requireGrad && tensor.inputs.length === 0);
}
