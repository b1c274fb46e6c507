import { expect, test } from "vitest";
import type { Measure } from "./measure.js";
import { type Contestant, report } from "./report.js";

const measure = (perMinute: number, marks = "[20]"): Measure => ({
  perMinute,
  judgeMs: 20,
  startedMs: 60,
  marks,
  lost: 0,
});
const fast: Contestant = { name: "L3", conditions: { layer: "L3", jobs: 2 }, goal: 1000 };
const brief: Contestant = { name: "brief", conditions: { layer: "L3", jobs: 2, isBrief: true } };

const page = (measures: [Contestant, Measure[]][]): string =>
  report({
    ...{ machine: "M", submissions: 300, rounds: 3, measures: new Map(measures), counted: measure(900), intakeMs: 9.5 },
    ...{ memory: [[1000, 80]], missing: [] },
  });

test("the page has a line for each with its median and goal, and the memory", () => {
  const text = page([
    [fast, [measure(900), measure(1200), measure(1100)]],
    [brief, [measure(1600, "[17]")]],
  ]);
  expect(text).toContain("| L3 | 1100 | ≥ 1000 | 20 | 0 |");
  expect(text).toContain("| brief | 1600 |  | 20 | 0 |");
  expect(text).toContain("| 1000 | 80 |");
  expect(text).toContain("All 3 runs of the whole TP gave the same marks.");
});

test("the page says when marks differ", () => {
  expect(page([[fast, [measure(900), measure(900, "[19]")]]])).toContain("**2 different sets of marks");
});
