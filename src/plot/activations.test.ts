import { expect, test } from "vitest";
import { array, zeros } from "../nd/creation.js";
import { plotActivations } from "./activations.js";
import type { AreaTrace } from "./figure.js";

const areasOf = (...args: Parameters<typeof plotActivations>): AreaTrace[] =>
  plotActivations(...args).data as AreaTrace[];

/** What the row says beside its name. */
const wordsOf = (values: readonly number[]): string =>
  plotActivations([{ name: "", values }]).layout.annotations![1]!.text;

test("each layer has a row of its own, the first on top, all over the same axis", () => {
  const layers = [
    { name: "a", values: array([-0.5, 0.5]) },
    { name: "b", values: array([-4, 4]) },
  ];
  const [a, b] = areasOf(layers);
  expect(Math.min(...a!.y)).toBe(1);
  expect(Math.max(...b!.y)).toBeLessThan(1);
  expect(a!.x).toEqual(b!.x);
  expect(plotActivations(layers).layout.annotations!.map(({ text }) => text)).toEqual([
    "a",
    "moyenne 0 ± 0,5, saturées 0 %",
    "b",
    "moyenne 0 ± 4",
  ]);
});

test("the histogram counts every value, both ends included, and its peak fills the row", () => {
  const [{ y }] = areasOf([{ name: "", values: [-1, 1, 1, 1] }]) as [AreaTrace];
  expect(y[1]).toBeCloseTo(0.66 / 3);
  expect(y[y.length - 3]).toBeCloseTo(0.66);
  expect(y.filter((height) => height > 0)).toHaveLength(4);
});

test("tiny activations of both signs are shown on the whole of [−1, 1], others on what they take", () => {
  const rangeFor = (values: readonly number[]) => plotActivations([{ name: "", values }]).layout.xaxis.range;
  expect(rangeFor([-0.001, 0.001])).toEqual([-1, 1]);
  expect(rangeFor([0, 0])).toEqual([-1, 1]);
  expect(rangeFor([0, 10])).toEqual([-0.2, 10.2]);
  expect(plotActivations([{ name: "", values: [0, 10] }], { range: [0, 5] }).layout.xaxis.range).toEqual([0, 5]);
});

test("saturated units are counted in [−1, 1], dead ones where values are exactly 0", () => {
  expect(wordsOf([-0.98, 0.98, 0.97, 0])).toContain("saturées 50 %");
  expect(wordsOf([0, 0, 0, 8])).toBe("moyenne 2 ± 3,5, nulles 75 %");
  expect(wordsOf([0, 0.5])).toContain("nulles 50 %");
  expect(wordsOf([-3, 3])).toBe("moyenne 0 ± 3");
});

test("a share that is not quite none or not quite all is never said to be", () => {
  expect(wordsOf([0, ...new Array(999).fill(2)])).toContain("nulles < 1 %");
  expect(wordsOf([2, ...new Array(999).fill(0)])).toContain("nulles 99 %");
});

test("the peak of dead units is cut off, so that the others are seen", () => {
  const [{ y }] = areasOf([{ name: "", values: [...new Array(1000).fill(0), 5, 10] }]) as [AreaTrace];
  const heights = [...new Set(y)].sort((a, b) => a - b);
  expect(heights).toEqual([0, expect.closeTo(0.66 / 1.25, 3), 0.66]);
});

test("a layer of zeros is one peak", () => {
  const [{ y }] = areasOf([{ name: "", values: zeros([4, 4]) }]) as [AreaTrace];
  expect(y.filter((height) => height === 0.66)).toHaveLength(2);
});

test("what is not finite is counted apart", () => {
  expect(wordsOf([1, 3, Number.NaN, Number.POSITIVE_INFINITY])).toBe("moyenne 2 ± 1, non finies 50 %");
  expect(wordsOf([Number.NaN])).toBe("aucune valeur, non finies 100 %");
});

test("no layer is refused", () => {
  expect(() => plotActivations([])).toThrow("plotActivations: no layer to draw; give [{ name, values }, …]");
});
