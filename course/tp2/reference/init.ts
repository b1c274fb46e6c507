// Initial weights. Each function fills the array it receives, in place, and returns nothing.
import type { NdArray, RandomGenerator } from "retroprop";

/**
 * Zero everywhere, in place.
 *
 * @param W any shape, filled
 * @python zero_init
 */
export function zeroInit(W: NdArray): void {
  W.fill_(0);
}

/**
 * Glorot's initialisation, in place: uniform in `[−c, c)` with `c = √(6 / (in + out))`.
 *
 * @param W weights `[out, in]`, filled
 * @param random draws them
 * @python glorot_init
 */
export function glorotInit(W: NdArray, random: RandomGenerator): void {
  const [dimOut, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / (dimIn + dimOut));
  W.copy_(random.uniform(W.shape, { low: -bound, high: bound }));
}

/**
 * Kaiming's initialisation, in place: uniform in `[−c, c)` with `c = √(6 / in)`.
 *
 * @param W weights `[out, in]`, filled
 * @param random draws them
 * @python kaiming_init
 */
export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const [, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / dimIn);
  W.copy_(random.uniform(W.shape, { low: -bound, high: bound }));
}
