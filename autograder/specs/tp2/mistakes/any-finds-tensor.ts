// Returns the tensor that it found.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(...tensors: readonly Tensor[]): Tensor | undefined {
  return tensors.find(({ requireGrad }) => requireGrad);
}
