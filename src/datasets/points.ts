// Clouds of points in the plane, two classes each: where one neuron is enough, where it is not, and where two layers are needed.
import type { RandomGenerator } from "../nd/random.js";
import type { Dataset } from "./dataset.js";

export type Point = readonly [x: number, y: number];

/** Corners of a convex polygon, counter-clockwise. */
export type Polygon = readonly Point[];

export interface BlobOptions {
  readonly perBlob?: number;
  /** Standard deviation along each axis. */
  readonly scale?: number;
}

export interface ScatterOptions {
  readonly examples?: number;
}

/** Two Gaussians that a line separates but for a few points: centres ±(1, 1). */
export function twoGaussians(random: RandomGenerator, { perBlob = 100, scale = 0.5 }: BlobOptions = {}): Dataset {
  const centres: Point[] = [
    [-1, -1],
    [1, 1],
  ];
  return blobs(random, centres, [0, 1], { perBlob, scale });
}

/** Four Gaussians laid out as on a checkerboard, centres (±1, ±1): no line separates the two classes. */
export function fourGaussians(random: RandomGenerator, { perBlob = 100, scale = 0.3 }: BlobOptions = {}): Dataset {
  return blobs(random, corners(1), exclusiveOr, { perBlob, scale });
}

/** The four points of the exclusive or, each a blob: centres (±0.5, ±0.5), class 1 where the signs differ. */
export function xorBlobs(random: RandomGenerator, { perBlob = 50, scale = 0.2 }: BlobOptions = {}): Dataset {
  return blobs(random, corners(0.5), exclusiveOr, { perBlob, scale });
}

/** Points of the square [-1, 1]², the class being the colour of their field on a board of `fields` × `fields`. */
export function checkerboard(
  random: RandomGenerator,
  { examples = 1000, fields = 4 }: ScatterOptions & { readonly fields?: number } = {},
): Dataset {
  const field = (coordinate: number) => Math.floor(((coordinate + 1) / 2) * fields);
  return scatter(random, examples, ([x, y]) => (field(x) + field(y)) % 2);
}

/** Points of the square [-1, 1]²; class 1 inside one of the polygons: a neuron a side, an "and" a polygon, an "or" over all. */
export function polygons(
  random: RandomGenerator,
  { examples = 1000, regions = twoPolygons }: ScatterOptions & { readonly regions?: readonly Polygon[] } = {},
): Dataset {
  return scatter(random, examples, (point) => Number(regions.some((polygon) => isInside(point, polygon))));
}

const twoPolygons: readonly Polygon[] = [
  [
    [-0.8, -0.7],
    [-0.1, -0.5],
    [-0.3, 0.6],
    [-0.9, 0.3],
  ],
  [
    [0.2, -0.2],
    [0.9, 0.1],
    [0.5, 0.8],
  ],
];

const corners = (half: number): Point[] => [
  [-half, -half],
  [-half, half],
  [half, -half],
  [half, half],
];

/** The classes of {@link corners}. */
const exclusiveOr = [0, 1, 1, 0];

function blobs(
  random: RandomGenerator,
  centres: readonly Point[],
  classes: readonly number[],
  { perBlob, scale }: Required<BlobOptions>,
): Dataset {
  const labels = Uint8Array.from({ length: centres.length * perBlob }, (_, i) => classes[Math.floor(i / perBlob)]!);
  const inputs = random.normal([labels.length, 2], { scale });
  for (let i = 0; i < inputs.size; i++) inputs.data[i]! += centres[Math.floor(i / (2 * perBlob))]![(i % 2) as 0 | 1];
  return { inputs, labels, classNames: ["0", "1"] };
}

function scatter(random: RandomGenerator, examples: number, classify: (point: Point) => number): Dataset {
  const inputs = random.uniform([examples, 2], { low: -1, high: 1 });
  const labels = Uint8Array.from({ length: examples }, (_, i) => classify([inputs.at(i, 0), inputs.at(i, 1)]));
  return { inputs, labels, classNames: ["0", "1"] };
}

/** On the left of every side. */
function isInside([x, y]: Point, polygon: Polygon): boolean {
  return polygon.every(([fromX, fromY], i) => {
    const [toX, toY] = polygon[(i + 1) % polygon.length]!;
    return (toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX) >= 0;
  });
}
