// The rows of a weight matrix as images: what in the picture speaks for a class, and what against it.
import type { NdArray } from "../nd/nd-array.js";
import type { ColourBar, Figure, HeatmapTrace } from "./figure.js";
import { french, frenchNumber } from "./french.js";
import { extremes, fixed } from "./numbers.js";
import { figure } from "./show-itself.js";
import { divergingScale, fontSize } from "./theme.js";
import { defaultColumns, type ImageShape, placeTile, splitImages, tilesLayout } from "./tiles.js";

export interface WeightsOptions {
  readonly title?: string;
  /** Names of the rows, above the images; 0, 1, 2 … unless given. */
  readonly classNames?: readonly (string | number)[];
  readonly columns?: number;
  /** The weight at the strongest colour; by default the largest absolute weight. */
  readonly largest?: number;
  /** What the colour bar says: « poids » unless given. */
  readonly colourTitle?: string;
}

/**
 * Each row of `W` `[k, 784]` (or `[k, h, w]`) as an image: orange for positive weights, blue for negative ones.
 * The scale is the same for all rows and symmetric, so that zero is white.
 */
export function plotWeights(W: NdArray, options: WeightsOptions = {}): Figure {
  const { pictures, shape } = splitImages("plotWeights", W);
  const names = pictures.map((_, k) => String(options.classNames?.[k] ?? k));
  const largest = options.largest ?? largestOf(W);
  const tiling = {
    columns: options.columns ?? defaultColumns(pictures.length),
    count: pictures.length,
    shape,
    titles: names,
  };
  const bar = colourBar(options.colourTitle ?? french.weight);
  return figure({
    data: pictures.map((row, k) => ({
      ...weightTrace(row, shape, { name: names[k]!, largest }),
      ...placeTile(tiling, k),
      ...(k === 0 ? { showscale: true, colorbar: bar } : {}),
    })),
    layout: tilesLayout(tiling, {
      alt: french.weights(names, shape.height, shape.width, frenchNumber(largest, 3)),
      title: options.title,
      marginBottom: 84,
    }),
  });
}

type Unplaced = Omit<HeatmapTrace, "x0" | "dx" | "y0" | "dy">;

function weightTrace(
  row: NdArray,
  { height, width }: ImageShape,
  { name, largest }: { readonly name: string; readonly largest: number },
): Unplaced {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(largest)));
  const z = Array.from({ length: height }, (_, i) =>
    Array.from(row.data.subarray(i * width, (i + 1) * width), (weight) => fixed(weight, Math.min(decimals, 100))),
  );
  return {
    type: "heatmap",
    z,
    zmin: -largest,
    zmax: largest,
    colorscale: divergingScale,
    showscale: false,
    name,
    hovertemplate: french.weightHover(name),
  };
}

const colourBar = (title: string): ColourBar => ({
  orientation: "h",
  title: { text: title, side: "top", font: { size: fontSize } },
  thickness: 12,
  len: 0.5,
  y: -0.02,
  yanchor: "top",
  outlinewidth: 0,
});

/** 1 when all weights are zero: the scale needs a width. */
function largestOf(W: NdArray): number {
  const [low, high] = extremes(W.data);
  const largest = Number(Math.max(-low, high).toPrecision(3));
  return Number.isFinite(largest) && largest > 0 ? largest : 1;
}
