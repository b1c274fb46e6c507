import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CallClock } from "./call-clock.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** When a call of 1000 ms is given up, in seconds, of a process that has this share of a processor. */
async function givenUpAfter(share: number | undefined, wantsMore = true): Promise<number> {
  const start = performance.now();
  const processorUse = () =>
    share === undefined ? undefined : { milliseconds: 500 + share * (performance.now() - start), wantsMore };
  let ended: number | undefined;
  new CallClock({ processorUse }, 1_000, () => {
    ended = performance.now() - start;
  });
  await vi.advanceTimersByTimeAsync(20_000);
  return Math.round((ended ?? Number.NaN) / 100) / 10;
}

test("a call that has a processor of its own has its time, and no more", async () => {
  expect(await givenUpAfter(1)).toBe(1);
});

test("a call that shares its processor with others is waited for", async () => {
  expect(await givenUpAfter(0.5)).toBeGreaterThan(1.6);
  expect(await givenUpAfter(0.5)).toBeLessThan(2.2);
});

test("a call that gets no processor is not waited for for ever", async () => {
  expect(await givenUpAfter(0)).toBe(5);
});

test("a call that wants no processor has the time of the clock", async () => {
  expect(await givenUpAfter(0, false)).toBe(1);
});

test("where the system tells nothing, a call has the time of the clock", async () => {
  expect(await givenUpAfter(undefined)).toBe(1);
});

test("a clock that is stopped never calls", async () => {
  const expire = vi.fn();
  const clock = new CallClock({}, 1_000, expire);
  await vi.advanceTimersByTimeAsync(500);
  clock.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(expire).not.toHaveBeenCalled();
});
