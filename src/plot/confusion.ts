// A confusion matrix that shows the errors: the diagonal in blue, the rest in orange on a scale of its own.
import { NdArray } from "../nd/nd-array.js";
import { formatShape, ShapeError } from "../nd/shape.js";
import type { Cell, ColourScale, Figure, HeatmapTrace } from "./figure.js";
import { french, frenchNumber } from "./french.js";
import { fixed } from "./numbers.js";
import { figure } from "./show-itself.js";
import { baseLayout, cellInk, namedAxis, rightScale, textWidth, wrongScale } from "./theme.js";
import { squarePixels } from "./tiles.js";

export interface ConfusionOptions {
  readonly title?: string;
  /** 0, 1, 2 … unless given. */
  readonly classNames?: readonly (string | number)[];
}

/**
 * Counts by true class (rows) and predicted class (columns), `[k, k]`.
 * Colours are shares of the row; those of the errors start from the most frequent error, which the diagonal would drown.
 */
export function plotConfusion(
  matrix: NdArray | readonly (readonly number[])[],
  options: ConfusionOptions = {},
): Figure {
  const counts = rowsOfCounts(matrix);
  const names = counts.map((_, k) => String(options.classNames?.[k] ?? k));
  const shares = counts.map((row) => row.map((count) => count / (sum(row) || 1)));
  const worstShare = Math.max(0, ...shares.flatMap((row, i) => row.filter((_, j) => i !== j)));
  const n = counts.length;
  const part = (isDiagonal: boolean, scale: ColourScale, zmax: number): HeatmapTrace =>
    cells({ counts, shares, names, keep: (i, j) => (i === j) === isDiagonal, scale, zmax });
  return figure({
    data: [part(true, rightScale, 1), part(false, wrongScale, worstShare || 1)],
    layout: baseLayout({
      alt: describe(counts, names),
      title: options.title,
      height: 72 + 40 * n,
      margin: { l: Math.round(44 + Math.max(...names.map((name) => textWidth(name)))), r: 16, t: 16, b: 56 },
      xaxis: namedAxis({ range: [-0.5, n - 0.5], constrain: "domain" }, names, french.predictedClass),
      yaxis: namedAxis({ range: [n - 0.5, -0.5], ...squarePixels }, names, french.trueClass),
      dragmode: false,
    }),
  });
}

interface CellsOptions {
  readonly counts: readonly (readonly number[])[];
  readonly shares: readonly (readonly number[])[];
  readonly names: readonly string[];
  readonly keep: (i: number, j: number) => boolean;
  readonly scale: ColourScale;
  readonly zmax: number;
}

/** The kept cells of the matrix, coloured and counted; holes elsewhere. */
function cells({ counts, shares, names, keep, scale, zmax }: CellsOptions): HeatmapTrace {
  const each = <T>(kept: (i: number, j: number) => T, left: T): T[][] =>
    counts.map((row, i) => row.map((_, j) => (keep(i, j) ? kept(i, j) : left)));
  return {
    type: "heatmap",
    x0: 0,
    dx: 1,
    y0: 0,
    dy: 1,
    z: each<Cell>((i, j) => fixed(shares[i]![j]!, 4), null),
    zmin: 0,
    zmax: Number(zmax.toFixed(4)) || 1,
    colorscale: scale,
    showscale: false,
    text: each((i, j) => String(counts[i]![j]!), ""),
    texttemplate: "%{text}",
    textfont: { size: 12, color: cellInk },
    hovertext: each((i, j) => hoverText(names[i]!, names[j]!, counts[i]![j]!, shares[i]![j]!), ""),
    hoverinfo: "text",
  };
}

const hoverText = (truth: string, predicted: string, count: number, share: number): string =>
  french.confusionHover(truth, predicted, count, frenchNumber(100 * share, 2));

function describe(counts: readonly (readonly number[])[], names: readonly string[]): string {
  const errors = counts.flatMap((row, i) => row.map((count, j) => ({ i, j, count })).filter(({ j }) => i !== j));
  const worst = errors.reduce((a, b) => (b.count > a.count ? b : a), { i: 0, j: 0, count: 0 });
  const right = sum(counts.map((row, i) => row[i]!));
  const named = worst.count === 0 ? "" : french.mistake(names[worst.i]!, names[worst.j]!, worst.count);
  return french.confusion(right, sum(counts.map(sum)), named);
}

function rowsOfCounts(matrix: NdArray | readonly (readonly number[])[]): readonly (readonly number[])[] {
  const rows =
    matrix instanceof NdArray && matrix.ndim === 2
      ? Array.from({ length: matrix.shape[0]! }, (_, i) => Array.from(matrix.row(i).data))
      : matrix;
  if (rows instanceof NdArray || rows.length === 0 || rows.some((row) => row.length !== rows.length)) {
    const shape = matrix instanceof NdArray ? matrix.shape : [matrix.length, matrix[0]?.length ?? 0];
    throw new ShapeError(`plotConfusion: expected one row and one column a class, received ${formatShape(shape)}`);
  }
  return rows;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
