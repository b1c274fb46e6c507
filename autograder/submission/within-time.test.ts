import { describe, expect, it } from "vitest";
import { ReadingTime } from "./read-within.js";
import { withinTime } from "./within-time.js";

describe("work that blocks", () => {
  it("gives what it gives, or throws what it throws", () => {
    const error = new RangeError("oh");
    expect(withinTime(1000, () => [1])).toEqual([1]);
    expect(() =>
      withinTime(1000, () => {
        throw error;
      }),
    ).toThrow(error);
  });

  it("is ended where it takes too long: a loop that catches everything, a pattern that never ends", () => {
    const loop = (): object => {
      for (;;) {
        try {
          throw 0;
        } catch {}
      }
    };
    expect(withinTime(20, loop)).toBeUndefined();
    expect(withinTime(20, () => [/^(?:a+)+$/.test(`${"a".repeat(60)}b`)])).toBeUndefined();
    expect(withinTime(1000, () => [2])).toEqual([2]);
  });
});

describe("the time of one hand-in", () => {
  const spin = (ms: number): object => {
    const end = performance.now() + ms;
    while (performance.now() < end);
    return {};
  };

  it("is shared by its readings: one that takes too long leaves none to the next", () => {
    const time = new ReadingTime(200);
    let last = 0;
    expect(time.read(() => spin(20))).toEqual({});
    expect(time.read(() => spin(10_000))).toBeUndefined();
    expect(time.read(() => ({ asked: ++last }))).toBeUndefined();
    expect(last).toBe(0);
  });
});
