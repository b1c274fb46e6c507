// Bars: the probabilities a network gives to each class, the examples of each class.
import type { Figure } from "./figure.js";
import { french, frenchNumber } from "./french.js";
import { extremes, type Numbers, rounded, toNumbers } from "./numbers.js";
import { figure } from "./show-itself.js";
import { baseLayout, measuredAxis, namedAxis, palette } from "./theme.js";

export interface BarsOptions {
  readonly title?: string;
  /** Under the bars; 0, 1, 2 … unless given. */
  readonly labels?: readonly (string | number)[];
  readonly xTitle?: string;
  /** « probabilité » unless given. */
  readonly yTitle?: string;
  /** Index of a bar to bring out: the true class. */
  readonly highlight?: number;
  /** Ends of the y axis; by default from 0 to the largest. */
  readonly yRange?: readonly [number, number];
}

/** One bar a value, its number above it: `plotBars(softmax(logits), { highlight: gold })`. */
export function plotBars(values: Numbers, options: BarsOptions = {}): Figure {
  const heights = toNumbers(values);
  const { title, xTitle = "", yTitle = french.probability } = options;
  const labels = heights.map((_, k) => String(options.labels?.[k] ?? k));
  const numbers = barNumbers(heights);
  const written = heights.length <= mostNumbers;
  return figure({
    data: [
      {
        type: "bar",
        x: heights.map((_, k) => k),
        y: heights.map((height) => rounded(height)),
        width: 0.7,
        marker: { color: heights.map((_, k) => palette[k === options.highlight ? 1 : 0]!) },
        text: written ? numbers : [],
        textposition: "outside",
        cliponaxis: false,
        hovertemplate: `%{x} : %{y}<extra></extra>`,
      },
    ],
    layout: baseLayout({
      alt: describe(yTitle, labels, numbers),
      title,
      height: 280,
      margin: { l: 78, r: 20, t: 20, b: xTitle === "" ? 34 : 52 },
      xaxis: namedAxis({ range: [-0.6, heights.length - 0.4] }, labels, xTitle),
      yaxis: measuredAxis({ range: options.yRange ?? rangeFromZero(heights) }, yTitle),
    }),
  });
}

/** More numbers than this would run into each other. */
const mostNumbers = 20;

/** Two digits of the largest: beside 0,97 a probability of 1e−7 is 0. Whole numbers stay whole. */
function barNumbers(heights: readonly number[]): string[] {
  if (heights.every(Number.isInteger)) return heights.map((height) => frenchNumber(height, 12));
  const [low, high] = extremes(heights.filter(Number.isFinite));
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(Math.max(-low, high) || 1)));
  return heights.map((height) => frenchNumber(Number(height.toFixed(Math.min(decimals, 100))) + 0, 12));
}

function describe(yTitle: string, labels: readonly string[], numbers: readonly string[]): string {
  const bars = labels.slice(0, mostNumbers).map((label, k) => `${label} : ${numbers[k]}`);
  return french.bars(yTitle, labels.length > mostNumbers ? [...bars, "…"] : bars);
}

/** Zero is always seen: a bar that does not start there lies about ratios. Room is left for the numbers. */
function rangeFromZero(heights: readonly number[]): [number, number] {
  const [low, high] = extremes(heights.filter(Number.isFinite));
  const [bottom, top] = [Math.min(0, low), Math.max(0, high)];
  const air = (top - bottom || 1) * 0.1;
  return [low < 0 ? bottom - air : 0, Number((top + air).toPrecision(6))];
}
