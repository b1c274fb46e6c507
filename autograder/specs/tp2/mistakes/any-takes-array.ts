// Expects one array instead of the tensors one by one.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(tensors: readonly Tensor[]): boolean {
  return tensors.some(({ requireGrad }) => requireGrad);
}
