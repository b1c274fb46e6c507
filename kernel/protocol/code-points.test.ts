import { expect, test } from "vitest";
import fc from "../../test/properties.js";
import { toCodePoints, toUtf16 } from "./code-points.js";

test("an emoji is one character and two units", () => {
  expect(toUtf16("a😀b", 2)).toBe(3);
  expect(toCodePoints("a😀b", 3)).toBe(2);
});

test("a place beyond the end is the end", () => {
  expect(toUtf16("a😀", 9)).toBe(3);
  expect(toCodePoints("a😀", 9)).toBe(2);
});

test("there and back is the same place, in any text", () => {
  const anyText = fc.array(fc.constantFrom("a", "é", "\n", "😀", "𝒙")).map((characters) => characters.join(""));
  fc.assert(
    fc.property(anyText, fc.nat(12), (text, count) => {
      const place = Math.min(count, [...text].length);
      expect(toCodePoints(text, toUtf16(text, place))).toBe(place);
      expect(text.slice(0, toUtf16(text, place))).toBe([...text].slice(0, place).join(""));
    }),
  );
});
