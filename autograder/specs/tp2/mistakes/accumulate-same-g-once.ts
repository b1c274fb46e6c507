// Takes the same array, given twice in a row, for one gradient.
import type { NdArray } from "retroprop";
import { accumulateGradient as correct, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

const latest = new WeakMap<Tensor, NdArray>();

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  if (latest.get(tensor) === g) return;
  latest.set(tensor, g);
  correct(tensor, g);
}
