import { expect, test } from "vitest";
import { codePoints, utf16Units } from "./code-points.js";

test("a letter outside the first plane is one code point and two units", () => {
  expect(codePoints("𝑊x", 3)).toBe(2);
  expect(utf16Units("𝑊x", 1)).toBe(2);
});

test("each count undoes the other", () => {
  const text = "é𝑊→🎉b";
  for (let points = 0; points <= 5; points++) expect(codePoints(text, utf16Units(text, points))).toBe(points);
});

test("a place behind the end is the end", () => {
  expect(utf16Units("ab", 9)).toBe(2);
});
