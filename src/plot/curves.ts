// Curves: the loss by epoch, several learning rates side by side.
import type { Axis, Figure, InPanel, ScatterTrace } from "./figure.js";
import { french, frenchNumber } from "./french.js";
import { extremes, type Numbers, rangeOf, rounded, toNumbers } from "./numbers.js";
import { figure } from "./show-itself.js";
import { type AxisParts, baseLayout, cycle, measuredAxis, palette, symbols } from "./theme.js";
import { logTicks } from "./ticks.js";

export interface Curve {
  readonly y: Numbers;
  /** 1, 2, 3 … unless given. */
  readonly x?: Numbers;
  /** Shown in the legend. */
  readonly name?: string;
}

export interface CurvesOptions {
  readonly title?: string;
  /** « époque » unless given. */
  readonly xTitle?: string;
  readonly yTitle?: string;
  readonly xScale?: "linear" | "log";
  readonly yScale?: "linear" | "log";
  /** Ends of the y axis; by default all values are seen. */
  readonly yRange?: readonly [number, number];
  /** A sign at each point: by default when no curve has more than 25. */
  readonly markers?: boolean;
}

/**
 * One or several curves: `plotCurves([{ name: "pas 0,1", y: losses }], { yTitle: "perte" })`.
 * NaN and infinite values leave a hole. A curve of more than 1000 points is thinned out, its peaks kept.
 */
export function plotCurves(curves: readonly Curve[], options: CurvesOptions = {}): Figure {
  const { title, xTitle = french.epoch, yTitle = "", xScale = "linear", yScale = "linear" } = options;
  const points = curves.map(pointsOf);
  const markers = options.markers ?? points.every(({ y }) => y.length <= 25);
  const names = curves.map(({ name = "" }) => name);
  const showlegend = curves.length > 1 && names.some((name) => name !== "");
  return figure({
    data: points.map((curve, k) => curveTrace(curve, { name: names[k]!, style: k, markers, xTitle, yTitle })),
    layout: baseLayout({
      alt: french.curves(
        yTitle,
        xTitle,
        points.map((curve, k) => describeCurve(names[k]!, curve.y)),
      ),
      title,
      height: showlegend ? 350 : 330,
      margin: { l: 78, r: 20, t: showlegend ? 36 : 16, b: 52 },
      xaxis: measuredAxis(
        curveAxis(
          points.flatMap(({ x }) => x),
          xScale,
        ),
        xTitle,
      ),
      yaxis: measuredAxis(
        valueAxis(
          points.flatMap(({ y }) => y),
          yScale,
          options.yRange,
        ),
        yTitle,
      ),
      ...(showlegend ? topLegend : {}),
    }),
  });
}

export const topLegend = {
  showlegend: true,
  legend: { orientation: "h", x: 0, y: 1.01, yanchor: "bottom" },
} as const;

export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

interface CurveStyle {
  readonly name: string;
  /** Which colour and sign of the palette. */
  readonly style: number;
  readonly markers: boolean;
  readonly xTitle: string;
  readonly yTitle: string;
}

export function curveTrace(points: Points, curve: CurveStyle, panel: InPanel = {}): ScatterTrace {
  const color = cycle(palette, curve.style);
  const { x, y } = thinOut(points);
  return {
    type: "scatter",
    mode: curve.markers ? "lines+markers" : "lines",
    x: x.map((value) => rounded(value, 6)),
    y: y.map((value) => rounded(value)),
    line: { color, width: x.length > 200 ? 1 : 2 },
    ...(curve.markers ? { marker: { color, size: 7, symbol: cycle(symbols, curve.style) } } : {}),
    ...(curve.name === "" ? {} : { name: curve.name }),
    hovertemplate: hoverText(curve),
    ...panel,
  };
}

const hoverText = ({ name, xTitle, yTitle }: CurveStyle): string =>
  `${xTitle} %{x}<br>${[name, yTitle].filter((word) => word !== "").join(", ")} %{y:.5~g}<extra></extra>`;

export function describeCurve(name: string, y: readonly number[]): string {
  if (y.length === 0) return french.emptyCurve(name);
  return french.curve(name, y.length, frenchNumber(y[0]!), frenchNumber(y[y.length - 1]!));
}

/** Whole numbers (epochs) are never cut into halves. */
export function curveAxis(x: readonly number[], type: Axis["type"] = "linear"): AxisParts {
  if (type === "log") return logAxis(x, 0.03);
  const range = rangeOf(x, 0.03);
  const whole = x.length > 0 && x.every(Number.isInteger);
  const few = range[1] - range[0] < 14;
  return { type, range, ...(whole && few ? { tick0: 0, dtick: 1 } : {}) };
}

export function valueAxis(y: readonly number[], type: Axis["type"], asked?: readonly [number, number]): AxisParts {
  if (type === "log") return logAxis(asked ?? y, asked ? 0 : 0.06);
  return { type, range: asked ?? rangeOf(y, 0.06) };
}

/** Its range is in powers of ten; what is not positive has no place on it. */
function logAxis(values: readonly number[], air: number): AxisParts {
  const range = rangeOf(values.filter((value) => value > 0).map(Math.log10), air);
  const ticks = logTicks(...range);
  return { type: "log", range, tickvals: ticks.map(({ value }) => value), ticktext: ticks.map(({ label }) => label) };
}

function pointsOf({ x, y }: Curve): Points {
  const values = toNumbers(y);
  const places = x === undefined ? values.map((_, i) => i + 1) : toNumbers(x);
  if (places.length !== values.length) {
    throw new RangeError(`plotCurves: a curve has ${places.length} x for ${values.length} y; give one x for each y`);
  }
  return { x: places, y: values };
}

const mostPoints = 1000;

/** Keeps the lowest and the highest point of each of 500 stretches: peaks and the outline stay. */
function thinOut(points: Points): Points {
  const count = points.y.length;
  if (count <= mostPoints) return points;
  const kept = new Set([0, count - 1]);
  const stretch = (2 * count) / mostPoints;
  for (let start = 0; start < count; start += stretch) {
    const [from, to] = [Math.floor(start), Math.floor(Math.min(start + stretch, count))];
    const part = points.y.slice(from, to);
    const [low, high] = extremes(part);
    for (const value of [low, high]) if (part.includes(value)) kept.add(from + part.indexOf(value));
  }
  const indices = [...kept].sort((a, b) => a - b);
  return { x: indices.map((i) => points.x[i]!), y: indices.map((i) => points.y[i]!) };
}
