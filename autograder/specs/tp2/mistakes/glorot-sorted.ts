// Sorts the weights, to see that they fill the interval.
import type { NdArray, RandomGenerator } from "retroprop";
import { glorotInit as correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function glorotInit(W: NdArray, random: RandomGenerator): void {
  correct(W, random);
  W.data.sort();
}
