// Scales the weights so that the largest is the bound itself.
import { abs, max, type NdArray, type RandomGenerator } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function glorotInit(W: NdArray, random: RandomGenerator): void {
  const [dimOut, dimIn] = W.shape as [number, number];
  W.copy_(random.uniform(W.shape, { low: -1, high: 1 }));
  W.mul_(Math.sqrt(6 / (dimIn + dimOut)) / max(abs(W)));
}
