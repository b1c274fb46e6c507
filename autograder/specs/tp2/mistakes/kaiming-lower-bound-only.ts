// Forgets the upper bound, which is then 1.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const [, dimIn] = W.shape as [number, number];
  W.copy_(random.uniform(W.shape, { low: -Math.sqrt(6 / dimIn) }));
}
