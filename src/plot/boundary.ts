// Decision regions: which class a classifier gives to each point of the plane, under the points it learns from.
import { array } from "../nd/creation.js";
import type { NdArray } from "../nd/nd-array.js";
import { formatShape, ShapeError } from "../nd/shape.js";
import { mix, parseHex } from "./colour.js";
import { topLegend } from "./curves.js";
import type { ColourScale, Figure, HeatmapTrace, PointsTrace } from "./figure.js";
import { french, frenchNumber } from "./french.js";
import { type Numbers, rangeOf, rounded, toNumbers } from "./numbers.js";
import { figure } from "./show-itself.js";
import { baseLayout, cycle, legendLine, measuredAxis, palette, symbols, wrapNames } from "./theme.js";

/** What {@link plotBoundary} reads of a data set. */
export interface LabelledPoints {
  /** `[m, 2]` */
  readonly inputs: NdArray;
  /** `[m]`: indices into `classNames`. */
  readonly labels: ArrayLike<number>;
  readonly classNames: readonly string[];
}

/** The class of each of the points `[n, 2]`: n indices. */
export type ClassifyPoints = (points: NdArray) => Numbers;

export interface BoundaryOptions {
  readonly title?: string;
  /** « x₁ » unless given. */
  readonly xTitle?: string;
  /** « x₂ » unless given. */
  readonly yTitle?: string;
  /** How many places are asked along each axis: 80 unless given. */
  readonly resolution?: number;
}

/**
 * The regions that `classify` gives to each class, lightly tinted, under the points with a colour and a sign a class:
 * `plotBoundary((points) => predict(network, points), data)`. A point on a tint that is not its own is misclassified.
 * Of more than 1000 points, 1000 are drawn. `classify` receives points of the same dtype as `data.inputs`.
 *
 * @example
 * const data = { inputs: array([[-1, 0], [1, 1]]), labels: [0, 1], classNames: ["0", "1"] };
 * const right = (points) => Array.from(points.data).filter((_, k) => k % 2 === 0).map((x) => Number(x > 0));
 * const { layout } = plotBoundary(right, data);
 * layout.meta.alt // Régions de décision : classe 0, 50 % du plan dessiné, 1 point ; classe 1, 50 % du plan dessiné, 1 point. 2 points bien classés sur 2.
 *
 * @throws ShapeError when the inputs are not `[m, 2]`, or there is not a label for each
 * @throws RangeError when `classify` does not give a class for each point
 */
export function plotBoundary(classify: ClassifyPoints, data: LabelledPoints, options: BoundaryOptions = {}): Figure {
  expectPoints(data);
  const { title, xTitle = "x₁", yTitle = "x₂", resolution = 80 } = options;
  const frame = frameOf(data.inputs);
  const z = classesOnGrid(classify, data, frame, resolution);
  const names = data.classNames.map((name) => french.className(name));
  const top = 17 + legendLine * wrapNames(names, drawnWidth(frame)).length;
  return figure({
    data: [
      regionTrace(z, frame, names.length),
      ...names.map((name, k) => pointsTrace(data, k, { name, xTitle, yTitle })),
    ],
    layout: baseLayout({
      alt: describe(z, classesOf(classify, data.inputs, data), data, names),
      title,
      height: panelHeight + top + 52,
      margin: { l: 62, r: 20, t: top, b: 52 },
      xaxis: measuredAxis({ range: frame.x, showgrid: false, constrain: "domain", constraintoward: "left" }, xTitle),
      yaxis: measuredAxis({ range: frame.y, showgrid: false, ...sameUnit(frame) }, yTitle),
      ...topLegend,
    }),
  });
}

interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

function frameOf({ data }: NdArray): Frame {
  const column = (k: number) => Array.from({ length: data.length / 2 }, (_, i) => data[2 * i + k]!);
  return { x: rangeOf(column(0), 0.1), y: rangeOf(column(1), 0.1) };
}

const panelHeight = 350;

/** How wide the panel of the static drawing is: what the legend has. */
const drawnWidth = (frame: Frame): number =>
  "scaleanchor" in sameUnit(frame) ? (panelHeight * spanOf(frame.x)) / spanOf(frame.y) : 458;

const spanOf = ([low, high]: readonly [number, number]): number => high - low;

/** Right angles stay right, unless that would make a ribbon of the figure. */
function sameUnit({ x, y }: Frame) {
  const ratio = spanOf(x) / spanOf(y);
  return ratio > 0.5 && ratio < 1.7 ? ({ scaleanchor: "x", constrain: "domain" } as const) : {};
}

/** The class at the middle of each cell, lowest row first. */
function classesOnGrid(classify: ClassifyPoints, data: LabelledPoints, frame: Frame, resolution: number): number[][] {
  const places = Array.from({ length: resolution }, (_, k) => (k + 0.5) / resolution);
  const at = ([low, high]: readonly [number, number], share: number) => low + share * (high - low);
  const points = places.flatMap((v) => places.map((u) => [at(frame.x, u), at(frame.y, v)]));
  const classes = classesOf(classify, array(points, { dtype: data.inputs.dtype }), data);
  return places.map((_, i) => classes.slice(i * resolution, (i + 1) * resolution));
}

function classesOf(classify: ClassifyPoints, points: NdArray, { classNames }: LabelledPoints): number[] {
  const classes = toNumbers(classify(points));
  const n = points.shape[0]!;
  if (classes.length !== n) {
    throw new RangeError(`plotBoundary: classify gave ${classes.length} classes for ${n} points; give one a point`);
  }
  const odd = classes.find((k) => !(Number.isInteger(k) && k >= 0 && k < classNames.length));
  if (odd === undefined) return classes;
  throw new RangeError(
    `plotBoundary: classify gave the class ${odd}; expected whole numbers in [0, ${classNames.length}) (argmax of the logits)`,
  );
}

function regionTrace(z: readonly (readonly number[])[], { x, y }: Frame, classCount: number): HeatmapTrace {
  const [dx, dy] = [spanOf(x) / z.length, spanOf(y) / z.length];
  return {
    type: "heatmap",
    z,
    x0: x[0] + dx / 2,
    dx,
    y0: y[0] + dy / 2,
    dy,
    zmin: -0.5,
    zmax: classCount - 0.5,
    colorscale: tints(classCount),
    showscale: false,
    hoverinfo: "skip",
  };
}

/** One step a class: its colour, mostly white. */
function tints(classCount: number): ColourScale {
  return Array.from({ length: classCount }, (_, k) => {
    const tint = hex(mix([255, 255, 255], parseHex(cycle(palette, k)), 0.3));
    return [[k / classCount, tint] as const, [(k + 1) / classCount, tint] as const];
  }).flat();
}

const hex = (rgb: readonly number[]): string =>
  `#${rgb.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;

const mostPoints = 1000;

function pointsTrace(
  { inputs, labels }: LabelledPoints,
  k: number,
  { name, xTitle, yTitle }: { readonly name: string; readonly xTitle: string; readonly yTitle: string },
): PointsTrace {
  const step = Math.max(1, labels.length / mostPoints);
  const drawn = Array.from({ length: Math.min(labels.length, mostPoints) }, (_, i) => Math.floor(i * step));
  const mine = drawn.filter((i) => labels[i] === k);
  return {
    type: "scatter",
    mode: "markers",
    x: mine.map((i) => rounded(inputs.data[2 * i]!)),
    y: mine.map((i) => rounded(inputs.data[2 * i + 1]!)),
    marker: {
      color: cycle(palette, k),
      size: drawn.length > 300 ? 6 : 8,
      symbol: cycle(symbols, k),
      line: { color: "#ffffff", width: 1 },
    },
    name,
    hovertemplate: `${name}<br>${xTitle} %{x}, ${yTitle} %{y}<extra></extra>`,
  };
}

function describe(
  z: readonly (readonly number[])[],
  predicted: readonly number[],
  { labels }: LabelledPoints,
  names: readonly string[],
): string {
  const places = z.flat();
  const count = (classes: ArrayLike<number>, k: number) => Array.from(classes).filter((one) => one === k).length;
  const regions = names.map((name, k) =>
    french.region(name, frenchNumber((100 * count(places, k)) / places.length, 2), count(labels, k)),
  );
  const right = predicted.filter((k, i) => k === labels[i]).length;
  return french.boundary(right, labels.length, regions);
}

function expectPoints({ inputs, labels }: LabelledPoints): void {
  if (inputs.ndim !== 2 || inputs.shape[1] !== 2) {
    throw new ShapeError(
      `plotBoundary: expected inputs [m, 2], points of the plane, received ${formatShape(inputs.shape)}; choose two of the features`,
    );
  }
  if (inputs.shape[0] === labels.length) return;
  throw new ShapeError(`plotBoundary: ${inputs.shape[0]} points for ${labels.length} labels; give one label a point`);
}
