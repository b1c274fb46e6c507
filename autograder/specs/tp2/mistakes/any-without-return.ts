// The braces of the arrow swallow the answer.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(...tensors: readonly Tensor[]): undefined {
  tensors.some(({ requireGrad }) => {
    return requireGrad;
  });
}
