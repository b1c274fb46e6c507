// Numbers made fit for a figure: plain arrays, few digits, ranges with some air, round steps.
import { NdArray } from "../nd/nd-array.js";
import type { Cell } from "./figure.js";

/** Whatever holds numbers in a row. */
export type Numbers = ArrayLike<number> | NdArray;

export const toNumbers = (values: Numbers): number[] => Array.from(values instanceof NdArray ? values.data : values);

/** The number with few digits, so that notebooks stay small; a hole for NaN and infinities. */
export const rounded = (value: number, digits = 5): Cell =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;

/** The number on a grid of so many decimals; a hole for NaN and infinities. */
export const fixed = (value: number, decimals: number): Cell =>
  Number.isFinite(value) ? Number(value.toFixed(decimals)) + 0 : null;

/** From the smallest to the largest finite value, wider by `air` of the span at both ends. */
export function rangeOf(values: readonly number[], air: number): [number, number] {
  const [low, high] = extremes(values.filter(Number.isFinite));
  if (low > high) return [0, 1];
  const margin = low === high ? Math.abs(low) * 0.1 || 0.5 : (high - low) * air;
  return [Number((low - margin).toPrecision(6)), Number((high + margin).toPrecision(6))];
}

/** The smallest and the largest; [∞, −∞] for none. A loop, since spreading long lists overflows the stack. */
export function extremes(values: ArrayLike<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < low) low = values[i]!;
    if (values[i]! > high) high = values[i]!;
  }
  return [low, high];
}

/** A step of 1, 2 or 5 times a power of ten that cuts `span` into about `count` parts. */
export function roundStep(span: number, count: number): number {
  const power = 10 ** Math.floor(Math.log10(span / count));
  const share = span / count / power;
  return power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
}
