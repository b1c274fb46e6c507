// Colours between the stops of a scale, as Plotly mixes them.
import type { ColourScale } from "./figure.js";

export type Rgb = readonly [number, number, number];

/** The colour at `share` in [0, 1] of the scale; beyond, that of the nearer end. */
export function colourAt(scale: ColourScale, share: number): Rgb {
  const next = scale.findIndex(([stop]) => stop >= share);
  if (next === 0) return parseHex(scale[0]![1]);
  if (next === -1) return parseHex(scale[scale.length - 1]![1]);
  const [from, low] = scale[next - 1]!;
  const [to, high] = scale[next]!;
  return mix(parseHex(low), parseHex(high), (share - from) / (to - from));
}

/** `share` of the way from `a` to `b`. */
export const mix = (a: Rgb, b: Rgb, share: number): Rgb => {
  const channel = (k: 0 | 1 | 2) => Math.round(a[k] + share * (b[k] - a[k]));
  return [channel(0), channel(1), channel(2)];
};

export const parseHex = (hex: string): Rgb => {
  const channel = (k: number) => Number.parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16);
  return [channel(0), channel(1), channel(2)];
};
