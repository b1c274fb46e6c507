import { expect, test } from "vitest";
import { array } from "../nd/creation.js";
import { plotBars } from "./bars.js";
import type { BarTrace } from "./figure.js";

const barsOf = (...args: Parameters<typeof plotBars>): BarTrace => plotBars(...args).data[0] as BarTrace;

test("numbers above the bars keep two digits of the largest, whole numbers all of theirs", () => {
  expect(barsOf(array([0.9712, 0.0288, 1e-9])).text).toEqual(["0,97", "0,03", "0"]);
  expect(barsOf([5923, 6742]).text).toEqual(["5923", "6742"]);
});

test("the highlighted bar has a colour of its own", () => {
  const { color } = barsOf([1, 2, 3], { highlight: 1 }).marker;
  expect(color[0]).toBe(color[2]);
  expect(color[1]).not.toBe(color[0]);
});

test("the axis always shows zero", () => {
  expect(plotBars([5, 6]).layout.yaxis.range[0]).toBe(0);
  expect(plotBars([-1, -2]).layout.yaxis.range[1]).toBeGreaterThanOrEqual(0);
});

test("many bars have no numbers", () => {
  expect(barsOf(new Array(50).fill(1)).text).toEqual([]);
});
