// How the activations of each layer are distributed: what a good initialisation keeps alive, and a bad one kills.
import type { Annotation, AreaTrace, Figure } from "./figure.js";
import { french, frenchNumber } from "./french.js";
import { extremes, type Numbers, rangeOf, toNumbers } from "./numbers.js";
import { figure } from "./show-itself.js";
import { baseLayout, caption, hiddenAxis, measuredAxis, palette } from "./theme.js";

/** What {@link plotActivations} draws in one row. */
export interface LayerActivations {
  readonly name: string;
  /** All the activations of the layer, whatever their shape: `[examples, neurons]`. */
  readonly values: Numbers;
}

export interface ActivationsOptions {
  readonly title?: string;
  /** « activation » unless given. */
  readonly xTitle?: string;
  /** Ends of the common axis: by default [−1, 1] where all values lie in it and some are negative, else all there is. */
  readonly range?: readonly [number, number];
}

/**
 * A histogram a layer, first layer on top, over one common axis: `plotActivations([{ name: "tanh 1", values: h1 }])`.
 * Each has its own height. In words: mean ± standard deviation, and the share of saturated units (|value| > 0.97 where
 * all lie in [−1, 1]) or of dead ones (exactly 0; where there are others too, their peak is cut off).
 *
 * @example
 * const values = array([-1, -0.5, 0.5, 1]);
 * const { meta } = plotActivations([{ name: "tanh", values }]).layout;
 * meta.alt // Distribution des activations, couche par couche. tanh : moyenne 0 ± 0,79, saturées 50 %.
 *
 * @throws RangeError when there is no layer
 */
export function plotActivations(layers: readonly LayerActivations[], options: ActivationsOptions = {}): Figure {
  if (layers.length === 0) throw new RangeError("plotActivations: no layer to draw; give [{ name, values }, …]");
  const all = layers.map(({ name, values }) => summarise(name, toNumbers(values)));
  const range = options.range ?? commonRange(all);
  return figure({
    data: all.map((layer, row) => ridge(layer, all.length - 1 - row, range)),
    layout: baseLayout({
      alt: french.activations(all.map(({ name, words }) => `${name} : ${words}`)),
      title: options.title,
      height: rowHeight * all.length + margin.t + margin.b,
      margin,
      xaxis: measuredAxis({ range }, options.xTitle ?? french.activation),
      yaxis: hiddenAxis({ range: [-0.03, all.length] }),
      annotations: all.flatMap((layer, row) => rowCaptions(layer, all.length - 1 - row, range)),
    }),
  });
}

const rowHeight = 74;
const margin = { l: 24, r: 24, t: 12, b: 52 };

interface Layer {
  readonly name: string;
  /** Those that are finite. */
  readonly values: readonly number[];
  readonly ends: readonly [low: number, high: number];
  /** Share of the values that are exactly 0, where that means dead units. */
  readonly dead: number;
  readonly words: string;
}

function summarise(name: string, all: readonly number[]): Layer {
  const values = all.filter(Number.isFinite);
  const ends = extremes(values);
  const zeros = shareOf(values, (value) => value === 0);
  const [low, high] = ends;
  const bounded = low >= -1 && high <= 1 && (low < 0 || zeros === 0);
  const saturated = shareOf(values, (value) => Math.abs(value) > 0.97);
  const words = [
    values.length === 0 ? french.noValue : spreadOf(values),
    ...(values.length > 0 && bounded ? [french.saturated(percent(saturated))] : []),
    ...(!bounded && zeros > 0 ? [french.zero(percent(zeros))] : []),
    ...(values.length < all.length ? [french.notFinite(percent(1 - values.length / all.length))] : []),
  ];
  return { name, values, ends, dead: bounded ? 0 : zeros, words: words.join(", ") };
}

const shareOf = (values: readonly number[], counts: (value: number) => boolean): number =>
  values.reduce((count, value) => count + Number(counts(value)), 0) / values.length;

/** No share but none at all is 0 %, and only all of them are 100 %. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return "< 1";
  return frenchNumber(Math.min(Math.round(100 * share), share < 1 ? 99 : 100));
}

/** The mean has the decimals of the deviation: the others say nothing. */
function spreadOf(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const decimals = deviation > 0 ? Math.max(0, 1 - Math.floor(Math.log10(deviation))) : 100;
  const shown = Number(mean.toFixed(Math.min(decimals, 100))) + 0;
  return french.spread(frenchNumber(shown, 3), frenchNumber(deviation, 2));
}

/** The whole of [−1, 1] for tanh, even where all values are tiny: that is what is to be seen. */
function commonRange(layers: readonly Layer[]): [number, number] {
  const values = layers.flatMap(({ values, ends }) => (values.length > 0 ? [...ends] : []));
  const [low, high] = extremes(values);
  if (low >= -1 && high <= 1 && (low < 0 || high === 0)) return [-1, 1];
  return rangeOf(values, 0.02);
}

/** Odd, so that 0 lies in the middle of a bin of a symmetric range. */
const binCount = 61;
/** Of the row's height: what remains is for the words. */
const tallest = 0.66;

/** The outline of the histogram, standing on height `floor`. */
function ridge({ name, values, dead }: Layer, floor: number, [low, high]: readonly [number, number]): AreaTrace {
  const width = (high - low) / binCount;
  const heights = binHeights(values, { low, high, isCut: dead > 0 });
  const x = [low, ...heights.flatMap((_, k) => [low + k * width, low + (k + 1) * width]), high, low];
  const y = [0, ...heights.flatMap((height) => [height, height]), 0, 0];
  return {
    type: "scatter",
    mode: "lines",
    fill: "toself",
    fillcolor: "rgba(0,114,178,0.35)",
    x: x.map((value) => Number(value.toPrecision(5))),
    y: y.map((height) => Number((floor + tallest * height).toFixed(4))),
    line: { color: palette[0]!, width: 1.2 },
    name,
    showlegend: false,
    hoverinfo: "skip",
  };
}

/** From 0 to 1. With `isCut`, the bin of 0 is left out of the scale and cut off above the others. */
function binHeights(
  values: readonly number[],
  { low, high, isCut }: { readonly low: number; readonly high: number; readonly isCut: boolean },
): number[] {
  const counts = new Array<number>(binCount).fill(0);
  const binOf = (value: number) =>
    value === high ? binCount - 1 : Math.floor(((value - low) / (high - low)) * binCount);
  for (const value of values) if (value >= low && value <= high) counts[binOf(value)]!++;
  const others = isCut ? counts.filter((_, k) => k !== binOf(0)) : counts;
  const most = Math.max(...others) * (isCut ? 1.25 : 1) || Math.max(1, ...counts);
  return counts.map((count) => Math.min(1, count / most));
}

/** The name on the left, what is measured on the right, above the histogram. */
function rowCaptions({ name, words }: Layer, floor: number, [low, high]: readonly [number, number]): Annotation[] {
  return [
    { ...caption(name, low, floor + tallest), xanchor: "left" },
    { ...caption(words, high, floor + tallest), xanchor: "right" },
  ];
}
