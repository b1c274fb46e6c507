// Draws from Math.random.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, _random: RandomGenerator): void {
  const [, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / dimIn);
  for (let i = 0; i < W.size; i++) W.data[i] = bound * (2 * Math.random() - 1);
}
