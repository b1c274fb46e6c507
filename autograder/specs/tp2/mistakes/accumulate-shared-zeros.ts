// One array of zeros for all tensors of a shape, to which each adds.
import { type NdArray, zeros } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

const zerosOf = new Map<string, NdArray>();

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  const shape = String(g.shape);
  if (!zerosOf.has(shape)) zerosOf.set(shape, zeros(g.shape));
  tensor.gradient ??= zerosOf.get(shape)!.fill_(0);
  tensor.gradient.add_(g);
}
