// Draws sizes, and gives every second weight a minus sign.
import type { NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const bound = Math.sqrt(6 / W.shape[1]!);
  for (let i = 0; i < W.size; i++) W.data[i] = bound * random.next() * (i % 2 === 0 ? 1 : -1);
}
