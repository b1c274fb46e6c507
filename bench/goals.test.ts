import { expect, test } from "vitest";
import { type Competitor, competitors } from "./competitors.js";
import { checkGoals, Rates } from "./goals.js";
import type { Outcome } from "./measure.js";
import { type Measurement, measurements } from "./workloads.js";

const measured = (rate: number): Outcome => ({
  status: "measured",
  version: "1.0",
  rate,
  isCompared: true,
  note: undefined,
});

const titled = (title: string): Measurement => measurements.find((measurement) => measurement.title === title)!;

function goalsOf(title: string, rates: Readonly<Record<string, number>>, all: readonly Competitor[] = competitors) {
  const outcomes = new Map(Object.entries(rates).map(([name, rate]) => [name, measured(rate)]));
  const checks = checkGoals([titled(title)], all, new Map([[title, outcomes]]));
  return Object.fromEntries(checks.map(({ goal, measured, isReached }) => [goal, [measured, isReached]]));
}

test("a training is held to a ratio over PyTorch, the best JavaScript peer and tfjs-wasm", () => {
  const rates = { retroprop: 300, pytorch: 10, convnetjs: 150, "jax-js": 250, "tfjs-wasm": 60 };
  expect(goalsOf("W1 dense", rates)).toEqual({
    "≥ 25 × PyTorch": [30, true],
    "≥ 1.5 × the best JavaScript peer (jax-js)": [1.2, false],
    "≥ 5 × tfjs-wasm": [5, true],
  });
});

test("two workers have goals of their own, over one thread of PyTorch", () => {
  const goals = goalsOf("W4 dense", { retroprop: 4, "retroprop-workers": 9, pytorch: 10, "pytorch-2": 20 });
  expect(goals["≥ 0.5 × PyTorch"]).toEqual([0.4, false]);
  expect(goals["≥ 0.95 × PyTorch with 2 workers"]).toEqual([0.9, false]);
});

test("a product is held to GFLOP/s, and recording to microseconds", () => {
  expect(goalsOf("128×256×784", { retroprop: 31 })).toEqual({ "≥ 30 GFLOP/s": [31, true] });
  expect(goalsOf("autograd", { retroprop: 5e6 })).toEqual({ "≤ 0.15 µs an operation": [0.2, false] });
});

test("a goal without its measures is not reached", () => {
  expect(goalsOf("W1 dense", { retroprop: 300 })).toEqual({
    "≥ 25 × PyTorch": [undefined, false],
    "≥ 1.5 × the best JavaScript peer": [undefined, false],
    "≥ 5 × tfjs-wasm": [undefined, false],
  });
  expect(goalsOf("autograd", {})).toEqual({ "≤ 0.15 µs an operation": [undefined, false] });
});

test("a failed competitor has no rate, and is not the best", () => {
  const failed: Outcome = { status: "failed", reason: "it ended" };
  const rates = new Rates(
    new Map([
      ["a", failed],
      ["b", measured(2)],
    ]),
  );
  expect(rates.of("a")).toBeUndefined();
  expect(rates.best(["a", "b"])).toBe("b");
  expect(rates.ratio("b", "a")).toBeUndefined();
});
