// Returns how many do.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(...tensors: readonly Tensor[]): number {
  return tensors.filter(({ requireGrad }) => requireGrad).length;
}
