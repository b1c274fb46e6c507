// The standard deviation of the law for its bound.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const [, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(2 / dimIn);
  W.copy_(random.uniform(W.shape, { low: -bound, high: bound }));
}
