import { expect, it } from "vitest";
import { safeJson } from "./safe-json.js";

it("JSON holds no character that a terminal obeys or that turns a line, and the same value", () => {
  const value = { "a\u009b2J": ["b\u202ecba", "\u0085\u2028", "\u{e0041}", "é 😀", "\\u202e", "\u001b[2J"] };
  const text = safeJson(value);
  expect(text).toMatch(/^[\n -~é😀]+$/u);
  expect(JSON.parse(text)).toEqual(value);
});
