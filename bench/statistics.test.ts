import { describe, expect, test } from "vitest";
import { lossDisagreement, medianOf } from "./statistics.js";

describe("medianOf", () => {
  test("takes the middle one in the order of numbers, not of letters", () => {
    expect(medianOf([100, 9, 20])).toBe(20);
  });

  test("takes the upper of the two in the middle", () => {
    expect(medianOf([4, 1, 3, 2])).toBe(3);
  });

  test("leaves its argument as it was", () => {
    const values = [3, 1, 2];
    medianOf(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test("refuses to say anything of nothing", () => {
    expect(() => medianOf([])).toThrow("expected at least one value");
  });
});

describe("lossDisagreement", () => {
  test("is silent about losses within the tolerance", () => {
    expect(lossDisagreement([2.3, 200.01], [2.3001, 200], 1e-4)).toBeUndefined();
  });

  test("names the first step that differs", () => {
    expect(lossDisagreement([2.3, 2.2, 9], [2.3, 2.1, 2], 1e-4)).toBe("the loss of step 2 is 2.2, expected 2.1");
  });

  test("compares losses near 0 by their difference, not by their ratio", () => {
    expect(lossDisagreement([1e-6], [2e-6], 1e-4)).toBeUndefined();
    expect(lossDisagreement([1e-3], [2e-6], 1e-4)).toContain("step 1");
  });

  test("does not take NaN for agreement", () => {
    expect(lossDisagreement([Number.NaN], [2], 1e-4)).toContain("NaN");
  });

  test("refuses another number of steps", () => {
    expect(lossDisagreement([1, 2], [1], 1e-4)).toBe("it gave 2 losses, expected 1");
  });
});
