// Returns the list of those that do: a list is true even when it is empty.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(...tensors: readonly Tensor[]): Tensor[] {
  return tensors.filter(({ requireGrad }) => requireGrad);
}
