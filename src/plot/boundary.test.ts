import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { array, ones } from "../nd/creation.js";
import type { NdArray } from "../nd/nd-array.js";
import { type ClassifyPoints, plotBoundary } from "./boundary.js";
import type { HeatmapTrace, PointsTrace } from "./figure.js";
import { figureToSvg } from "./svg/figure-to-svg.js";

const square = {
  inputs: array([
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ]),
  labels: [0, 0, 1, 1],
  classNames: ["bas", "haut"],
};

const isPositive = (axis: 0 | 1): ClassifyPoints => {
  return (points) => Array.from({ length: points.shape[0]! }, (_, i) => Number(points.at(i, axis) > 0));
};

const regionsOf = (...args: Parameters<typeof plotBoundary>) => plotBoundary(...args).data[0] as HeatmapTrace;

test("each cell has the class of its middle, the lowest row first", () => {
  expect(regionsOf(isPositive(0), square, { resolution: 2 }).z).toEqual([
    [0, 1],
    [0, 1],
  ]);
  const { z, x0, dx, y0, dy } = regionsOf(isPositive(1), square, { resolution: 4 });
  expect(z.map((row) => row[0])).toEqual([0, 0, 1, 1]);
  expect([x0, dx, y0, dy]).toEqual([-0.9, 0.6, -0.9, 0.6].map((value) => expect.closeTo(value)));
});

test("the static drawing has the highest row on top", () => {
  const svg = figureToSvg(plotBoundary(isPositive(1), square, { resolution: 4 }));
  const rows = pixelRows(svg, 4);
  expect(rows[0]![0]).toBeGreaterThan(rows[3]![0]!);
  expect(rows[0]).toEqual(rows[1]);
});

/** The palette indices of the picture in the drawing, of `width` pixels a row. */
function pixelRows(svg: string, width: number): number[][] {
  const png = Buffer.from(/base64,([^"]+)/.exec(svg)![1]!, "base64");
  const bytes = inflateSync(png.subarray(png.indexOf("IDAT") + 4, png.indexOf("IEND") - 8));
  return Array.from({ length: bytes.length / (width + 1) }, (_, i) => [
    ...bytes.subarray(i * (width + 1) + 1, (i + 1) * (width + 1)),
  ]);
}

test("the classifier receives points [n, 2] of the data's dtype, 80 × 80 unless asked otherwise", () => {
  const received: NdArray[] = [];
  const inputs = array([[0, 0]], { dtype: "float64" });
  const classify = (points: NdArray) => {
    received.push(points);
    return new Uint8Array(points.shape[0]!);
  };
  plotBoundary(classify, { inputs, labels: [0], classNames: ["0"] });
  expect(received.map(({ shape, dtype }) => [shape, dtype])).toEqual([
    [[6400, 2], "float64"],
    [[1, 2], "float64"],
  ]);
});

test("a classifier may answer with an array of the library", () => {
  const answer = (points: NdArray) => ones([points.shape[0]!]);
  expect(regionsOf(answer, square, { resolution: 2 }).z.flat()).toEqual([1, 1, 1, 1]);
});

test("the points of each class have a colour, a sign and a name of their own", () => {
  const [low, high] = plotBoundary(isPositive(1), square).data.slice(1) as PointsTrace[];
  expect(low).toMatchObject({ x: [-1, 1], y: [-1, -1], name: "classe bas" });
  expect(high).toMatchObject({ x: [-1, 1], y: [1, 1], name: "classe haut" });
  expect(high!.marker.color).not.toBe(low!.marker.color);
  expect(high!.marker.symbol).not.toBe(low!.marker.symbol);
});

test("the description counts regions, points and mistakes", () => {
  expect(plotBoundary(isPositive(0), square, { title: "Essai" }).layout.meta.alt).toBe(
    "Essai. Régions de décision : classe bas, 50 % du plan dessiné, 2 points ; classe haut, 50 % du plan dessiné, " +
      "2 points. 2 points bien classés sur 4.",
  );
});

test("of many points a thousand are drawn, from first to last", () => {
  const inputs = ones([2500, 2]);
  const labels = Uint8Array.from({ length: 2500 }, (_, i) => Number(i >= 1250));
  const traces = plotBoundary(isPositive(0), { ...square, inputs, labels }).data.slice(1) as PointsTrace[];
  expect(traces.map(({ x }) => x.length)).toEqual([500, 500]);
});

test("right angles stay right unless the figure would become a ribbon", () => {
  const stretched = {
    ...square,
    inputs: array([
      [0, 0],
      [100, 0],
      [0, 1],
      [100, 1],
    ]),
  };
  expect(plotBoundary(isPositive(0), square).layout.yaxis.scaleanchor).toBe("x");
  expect(plotBoundary(isPositive(0), stretched).layout.yaxis.scaleanchor).toBeUndefined();
});

test("a legend of many names has the lines it needs", () => {
  const classNames = ["setosa", "versicolor", "virginica", "pseudacorus", "germanica"];
  const { height } = plotBoundary(isPositive(0), { ...square, classNames }).layout;
  expect(height).toBe(plotBoundary(isPositive(0), square).layout.height + 2 * 19);
});

test("inputs that are no points of the plane, or labels that do not go with them, are refused", () => {
  expect(() => plotBoundary(isPositive(0), { ...square, inputs: ones([4, 3]) })).toThrow(
    "plotBoundary: expected inputs [m, 2], points of the plane, received [4, 3]; choose two of the features",
  );
  expect(() => plotBoundary(isPositive(0), { ...square, labels: [0] })).toThrow("plotBoundary: 4 points for 1 labels");
});

test("a classifier that does not give a class for each point is refused", () => {
  expect(() => plotBoundary(() => [0], square)).toThrow("classify gave 1 classes for 6400 points");
  expect(() => plotBoundary(({ shape }) => new Array(shape[0]).fill(0.7), square)).toThrow(
    "plotBoundary: classify gave the class 0.7; expected whole numbers in [0, 2) (argmax of the logits)",
  );
  expect(() => plotBoundary(({ shape }) => new Array(shape[0]).fill(2), square)).toThrow("the class 2");
});
