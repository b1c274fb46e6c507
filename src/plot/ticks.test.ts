import { expect, test } from "vitest";
import { linearTicks, logTicks, ticksOf } from "./ticks.js";

const labels = (ticks: readonly { label: string }[]): string[] => ticks.map(({ label }) => label);

test("ticks are round numbers written in French", () => {
  expect(labels(linearTicks(-0.1, 0.32, 0.1))).toEqual(["−0,1", "0,0", "0,1", "0,2", "0,3"]);
  expect(labels(linearTicks(0, 20_000, 10_000))).toEqual(["0", "10\u202f000", "20\u202f000"]);
});

test("a turned axis has the same ticks", () => {
  expect(labels(ticksOf({ range: [10, 0] }, 5))).toEqual(["0", "2", "4", "6", "8", "10"]);
});

test("few powers of ten have 2 and 5 between them, many are written as powers", () => {
  expect(labels(logTicks(-1, 0))).toEqual(["0,1", "0,2", "0,5", "1"]);
  expect(labels(logTicks(-5.2, -1.9))).toEqual(["10⁻⁵", "10⁻⁴", "0,001", "0,01"]);
});
