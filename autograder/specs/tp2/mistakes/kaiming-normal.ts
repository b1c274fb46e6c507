// The normal law of the same variance.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const [, dimIn] = W.shape as [number, number];
  W.copy_(random.normal(W.shape, { scale: Math.sqrt(2 / dimIn) }));
}
