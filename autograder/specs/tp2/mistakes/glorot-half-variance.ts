// A variance of 1/(n + m), of which the lesson says that it lacks the 2.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function glorotInit(W: NdArray, random: RandomGenerator): void {
  const [dimOut, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(3 / (dimIn + dimOut));
  W.copy_(random.uniform(W.shape, { low: -bound, high: bound }));
}
