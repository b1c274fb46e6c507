// Grey images in a grid: the digits to learn, the ones that were taken for others.
import type { NdArray } from "../nd/nd-array.js";
import { mix } from "./colour.js";
import type { Figure, ImageTrace } from "./figure.js";
import { french } from "./french.js";
import { extremes } from "./numbers.js";
import { pngDataUri } from "./png.js";
import { figure } from "./show-itself.js";
import { ink, paper } from "./theme.js";
import { defaultColumns, type ImageShape, type Images, placeTile, splitImages, tilesLayout } from "./tiles.js";

export interface ImagesOptions {
  readonly title?: string;
  /** One above each image: `"4 → 9"`. */
  readonly titles?: readonly (string | number)[];
  readonly columns?: number;
  /** The values drawn as paper and as ink; by default 0 (or the smallest, if negative) and the largest. */
  readonly range?: readonly [number, number];
}

/**
 * Images as a grid, dark ink on light paper.
 * `images` is `[n, 28, 28]`, `[n, 784]` or a list of `[28, 28]` or `[784]` (any size will do).
 */
export function plotImages(images: Images, options: ImagesOptions = {}): Figure {
  const { pictures, shape } = splitImages("plotImages", images);
  const titles = (options.titles ?? []).map(String);
  if (titles.length > pictures.length) {
    throw new RangeError(`plotImages: ${titles.length} titles for ${pictures.length} images; give one for each image`);
  }
  const range = options.range ?? rangeOfAll(pictures);
  const tiling = { columns: options.columns ?? defaultColumns(pictures.length), count: pictures.length, shape, titles };
  return figure({
    data: pictures.map((picture, index) => ({ ...imageTrace(picture, shape, range), ...placeTile(tiling, index) })),
    layout: tilesLayout(tiling, { alt: french.images(pictures.length, titles), title: options.title, marginBottom: 8 }),
  });
}

type Unplaced = Omit<ImageTrace, "x0" | "dx" | "y0" | "dy">;

function imageTrace(picture: NdArray, { width, height }: ImageShape, range: readonly [number, number]): Unplaced {
  const pixels = Uint8Array.from(picture.data, (value) => greyLevel(value, range));
  const source = pngDataUri({ width, height, bitDepth: 4, palette: greys, pixels });
  return { type: "image", source, hoverinfo: "skip", meta: { width, height } };
}

const levels = 16;
const greys = Array.from({ length: levels }, (_, level) => mix(paper, ink, level / (levels - 1)));

/** NaN is left as paper. */
function greyLevel(value: number, [low, high]: readonly [number, number]): number {
  const share = (value - low) / (high - low || 1);
  return Math.round((levels - 1) * Math.min(1, Math.max(0, share || 0)));
}

function rangeOfAll(pictures: readonly NdArray[]): [number, number] {
  const ends = pictures.map(({ data }) => extremes(data));
  return [Math.min(0, ...ends.map(([low]) => low)), Math.max(...ends.map(([, high]) => high))];
}
