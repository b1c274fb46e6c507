// Looks at the first tensor alone.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(...tensors: readonly Tensor[]): boolean {
  return tensors[0]?.requireGrad ?? false;
}
