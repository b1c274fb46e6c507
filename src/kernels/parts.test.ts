import { expect, test } from "vitest";
import fc from "../../test/properties.js";
import { partsOf } from "./parts.js";

test("parts follow each other from 0 to n, begin at multiples of the step, and none is empty", () => {
  const small = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(fc.nat(500), small, small, (n, count, step) => {
      const parts = partsOf(n, count, step);
      let end = 0;
      for (const { start, length } of parts) {
        expect([start, start % step]).toEqual([end, 0]);
        expect(length).toBeGreaterThan(0);
        end += length;
      }
      expect(end).toBe(n);
      expect(parts.length).toBeLessThanOrEqual(count);
    }),
  );
});

test("parts are as long as each other, but for a step", () => {
  expect(partsOf(100, 4, 16).map(({ length }) => length)).toEqual([32, 16, 32, 20]);
  expect(partsOf(784, 4, 4).map(({ length }) => length)).toEqual([196, 196, 196, 196]);
  expect(partsOf(5, 4, 16).map(({ length }) => length)).toEqual([5]);
});
