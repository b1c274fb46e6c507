// The last one overwrites what the others said.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(...tensors: readonly Tensor[]): boolean {
  let answer = false;
  for (const { requireGrad } of tensors) answer = requireGrad;
  return answer;
}
