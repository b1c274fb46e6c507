import { expect, test } from "vitest";
import { array } from "../nd/creation.js";
import { plotCurves } from "./curves.js";
import type { ScatterTrace } from "./figure.js";

const traceOf = (...args: Parameters<typeof plotCurves>): ScatterTrace => plotCurves(...args).data[0] as ScatterTrace;

test("a curve without x is counted from one, in few digits", () => {
  const { x, y } = traceOf([{ y: array([1 / 3, 0.1]) }]);
  expect(x).toEqual([1, 2]);
  expect(y).toEqual([0.33333, 0.1]);
});

test("NaN and infinite values leave holes", () => {
  const { y } = traceOf([{ y: [1, Number.NaN, Number.POSITIVE_INFINITY, 2] }]);
  expect(y).toEqual([1, null, null, 2]);
});

test("a long curve is thinned out and keeps its ends and its peak", () => {
  const values = Array.from({ length: 50_000 }, (_, i) => (i === 31_234 ? 99 : Math.sin(i)));
  const { x, y } = traceOf([{ y: values }]);
  expect(y.length).toBeLessThanOrEqual(1002);
  expect(x[y.indexOf(99)]).toBe(31_235);
  expect([x[0], x[x.length - 1]]).toEqual([1, 50_000]);
});

test("a long curve of holes is thinned out too", () => {
  expect(traceOf([{ y: new Array(5000).fill(Number.NaN) }]).y).toEqual([null, null]);
});

test("several named curves have a legend, different colours and different signs", () => {
  const { data, layout } = plotCurves([
    { name: "a", y: [1, 2] },
    { name: "b", y: [2, 1] },
  ]);
  const [a, b] = data as ScatterTrace[];
  expect(layout.showlegend).toBe(true);
  expect(a!.line.color).not.toBe(b!.line.color);
  expect(a!.marker!.symbol).not.toBe(b!.marker!.symbol);
});

test("a log axis has its range in powers of ten and leaves out what is not positive", () => {
  const { yaxis } = plotCurves([{ y: [0, -1, 0.01, 1] }], { yScale: "log", yRange: [0.001, 10] }).layout;
  expect(yaxis).toMatchObject({ type: "log", range: [-3, 1], ticktext: ["0,001", "0,01", "0,1", "1", "10"] });
});

test("few whole numbers on the x axis, epochs, are never cut into halves", () => {
  expect(plotCurves([{ y: [3, 2, 1] }]).layout.xaxis.dtick).toBe(1);
  expect(plotCurves([{ x: [0.5, 1], y: [3, 2] }]).layout.xaxis.dtick).toBeUndefined();
});

test("the description tells what the figure shows", () => {
  const { alt } = plotCurves([{ name: "pas 0,1", y: [Math.LN10, 0.31] }], { title: "Essai", yTitle: "perte" }).layout
    .meta;
  expect(alt).toBe("Essai. Courbes : perte selon époque. pas 0,1, 2 points, de 2,303 à 0,31.");
});

test("x and y of different lengths are refused", () => {
  expect(() => plotCurves([{ x: [1], y: [1, 2] }])).toThrow("plotCurves: a curve has 1 x for 2 y");
});

test("no value at all still gives a figure", () => {
  expect(plotCurves([{ name: "vide", y: [] }]).layout).toMatchObject({ yaxis: { range: [0, 1] } });
});
