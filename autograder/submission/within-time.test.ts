import { describe, expect, it } from "vitest";
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
