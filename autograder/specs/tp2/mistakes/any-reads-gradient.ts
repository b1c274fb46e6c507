// Looks for a gradient that is there, not for one that is asked for.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(...tensors: readonly Tensor[]): boolean {
  return tensors.some(({ gradient }) => gradient !== undefined);
}
