import { expect, test } from "vitest";
import { array, zeros } from "../nd/creation.js";
import type { HeatmapTrace } from "./figure.js";
import { plotWeights } from "./weights.js";

test("all rows share one scale, symmetric around zero, and one colour bar", () => {
  const W = array([
    [0.1, 0.2, 0, 0],
    [-0.8, 0, 0, 0],
  ]);
  const rows = plotWeights(W).data as HeatmapTrace[];
  expect(rows.map(({ zmin, zmax }) => [zmin, zmax])).toEqual([
    [-0.8, 0.8],
    [-0.8, 0.8],
  ]);
  expect(rows.map(({ showscale }) => showscale)).toEqual([true, false]);
});

test("weights keep three digits of the largest one", () => {
  const [row] = plotWeights(array([[0.5, 0.123456, -0.00001, Number.NaN]])).data as HeatmapTrace[];
  expect(row!.z).toEqual([
    [0.5, 0.123],
    [0, null],
  ]);
});

test("a row is named by its class", () => {
  const { layout } = plotWeights(zeros([2, 4]), { classNames: ["chat", "chien"] });
  expect(layout.annotations!.map(({ text }) => text)).toEqual(["chat", "chien"]);
});

test("weights that are all zero have a scale all the same", () => {
  expect(plotWeights(zeros([1, 4])).data).toMatchObject([{ zmin: -1, zmax: 1 }]);
});
