// Small images side by side: what is an image in an array, where each one goes, its title above it.
import { NdArray } from "../nd/nd-array.js";
import { formatShape, ShapeError } from "../nd/shape.js";
import type { Annotation, Placed } from "./figure.js";
import { baseLayout, caption, hiddenAxis, type LayoutOptions } from "./theme.js";

/** One array `[n, h, w]` or `[n, h·w]`, or a list of images `[h, w]` or `[h·w]`. */
export type Images = NdArray | readonly NdArray[];

export interface ImageShape {
  readonly height: number;
  readonly width: number;
}

/** The images one by one and the size they share; flat ones are taken for squares. */
export function splitImages(where: string, images: Images): { pictures: readonly NdArray[]; shape: ImageShape } {
  const pictures = images instanceof NdArray ? rowsOf(where, images) : images;
  if (pictures.length === 0) throw new ShapeError(`${where}: no image to draw`);
  const shape = imageShape(where, pictures[0]!);
  const odd = pictures.find(({ size }) => size !== shape.height * shape.width);
  if (odd) {
    throw new ShapeError(
      `${where}: images of different sizes, ${formatShape(pictures[0]!.shape)} and ${formatShape(odd.shape)}`,
    );
  }
  return { pictures, shape };
}

function rowsOf(where: string, images: NdArray): NdArray[] {
  if (images.ndim !== 2 && images.ndim !== 3) {
    throw new ShapeError(
      `${where}: expected [n, height, width] or [n, height·width], received ${formatShape(images.shape)}; one image goes in a list: [image]`,
    );
  }
  return Array.from({ length: images.shape[0]! }, (_, i) => images.row(i));
}

function imageShape(where: string, image: NdArray): ImageShape {
  if (image.ndim === 2) return { height: image.shape[0]!, width: image.shape[1]! };
  const side = Math.sqrt(image.size);
  if (image.ndim === 1 && Number.isInteger(side) && side > 0) return { height: side, width: side };
  throw new ShapeError(
    `${where}: an image of shape ${formatShape(image.shape)} is neither [height, width] nor a flat square; reshape it to [n, height, width]`,
  );
}

export interface Tiling {
  readonly columns: number;
  readonly count: number;
  readonly shape: ImageShape;
  readonly titles: readonly string[];
}

/** Five columns, more when that keeps a large set about square. */
export const defaultColumns = (count: number): number => Math.min(count, Math.max(5, Math.ceil(Math.sqrt(count))));

/** Where the pixels of image `index` lie, in pixels of the whole grid, y downwards. */
export function placeTile(tiling: Tiling, index: number): Placed {
  const { across, down } = pitch(tiling);
  return {
    x0: (index % tiling.columns) * across,
    y0: Math.floor(index / tiling.columns) * down,
    dx: 1,
    dy: 1,
  };
}

/** The figure around the tiles: no axes, pixels square, a title above each image. */
export function tilesLayout(
  tiling: Tiling,
  options: Pick<LayoutOptions, "alt" | "title"> & { readonly marginBottom: number },
): ReturnType<typeof baseLayout> {
  const { across, down, band, gap } = pitch(tiling);
  const rows = Math.ceil(tiling.count / tiling.columns);
  const [width, height] = [tiling.columns * across - gap, rows * down - gap + band];
  const margin = { l: 8, r: 8, t: 8, b: options.marginBottom };
  return baseLayout({
    alt: options.alt,
    title: options.title,
    height: Math.round(height * pointsPerPixel(tiling, width)) + margin.t + margin.b,
    margin,
    xaxis: hiddenAxis({ range: [-0.5, width - 0.5], constrain: "domain" }),
    yaxis: hiddenAxis({ range: [height - band - 0.5, -band - 0.5], ...squarePixels }),
    annotations: titlesAbove(tiling),
    dragmode: false,
  });
}

export const squarePixels = { scaleanchor: "x", constrain: "domain", constraintoward: "top" } as const;

function titlesAbove(tiling: Tiling): Annotation[] {
  return tiling.titles.flatMap((title, index) => {
    const { x0, y0 } = placeTile(tiling, index);
    return title === "" ? [] : [caption(title, x0 + (tiling.shape.width - 1) / 2, y0 - 0.5)];
  });
}

/** From one tile to the next, in pixels; `band` is the height kept for titles. */
function pitch({ shape, titles }: Tiling): { across: number; down: number; band: number; gap: number } {
  const gap = Math.max(1, Math.round(shape.width / 10));
  const band = titles.length === 0 ? 0 : Math.round(shape.height / 4);
  return {
    across: shape.width + gap,
    down: shape.height + band + (band === 0 ? gap : 1),
    band,
    gap: band === 0 ? gap : 1,
  };
}

/** Tiles about 90 points wide, less when a row would pass 540. */
const pointsPerPixel = ({ shape }: Tiling, gridWidth: number): number => Math.min(90 / shape.width, 540 / gridWidth);
