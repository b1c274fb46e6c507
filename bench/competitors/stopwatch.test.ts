import { expect, test } from "vitest";
import { stopwatchOf } from "./stopwatch.js";

/** A clock that a step moves by so many milliseconds, and what was asked of it. */
function simulated(millisecondsOf: (call: number) => number) {
  const calls: number[] = [];
  let clock = 0;
  const run = (steps: number) => {
    clock += steps * millisecondsOf(calls.length);
    calls.push(steps);
  };
  return { calls, rate: stopwatchOf(run, () => clock) };
}

test("gives steps a second", async () => {
  const { rate } = simulated(() => 2);
  expect(await rate(1)).toBe(500);
});

test("doubles the steps of a piece until it takes an eighth of the time", async () => {
  const { calls, rate } = simulated(() => 30);
  await rate(1);
  expect(calls.slice(0, 4)).toEqual([1, 2, 4, 8]);
  expect(new Set(calls.slice(3))).toEqual(new Set([8]));
});

test("remembers how many steps a piece has", async () => {
  const { calls, rate } = simulated(() => 30);
  await rate(1);
  const before = calls.length;
  await rate(1);
  expect(calls[before]).toBe(8);
});

test("takes the median, so that one slow piece changes nothing", async () => {
  const { rate } = simulated((call) => (call === 2 ? 500 : 200));
  expect(await rate(1)).toBe(5);
});

test("measures one step once where that takes longer than the time", async () => {
  const { calls, rate } = simulated(() => 5000);
  expect(await rate(1)).toBe(0.2);
  expect(calls).toEqual([1]);
});

test("waits for steps that end later", async () => {
  let clock = 0;
  const run = async (steps: number) => {
    await Promise.resolve();
    clock += 1000 * steps;
  };
  expect(await stopwatchOf(run, () => clock)(1)).toBe(1);
});
