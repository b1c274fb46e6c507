import { expect, test } from "vitest";
import fc from "../../test/properties.js";
import { findJsonFault } from "./json-fault.js";

test("finds no fault in any JSON, indented or not", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, indented) => {
      const text = JSON.stringify(value, null, indented ? 1 : 0);
      expect(findJsonFault(text)).toBe(text.length);
    }),
  );
});

test("places the fault of a text cut short at its end", () => {
  const text = JSON.stringify({ cells: [{ source: ["a\n", "é"], count: null }], nbformat: 4 });
  for (let length = 0; length < text.length; length++) {
    expect([length, findJsonFault(text.slice(0, length)) >= length - "null".length]).toEqual([length, true]);
  }
  expect(findJsonFault('{"a": "xx')).toBe(9);
  expect(findJsonFault("[1, 2,")).toBe(6);
});

test.each([
  ['{"a": x}', 6],
  ["[1, 2,]", 6],
  ["{'a': 1}", 1],
  ['{"a" 1}', 5],
  ['["a\nb"]', 3],
  ['["\\x"]', 2],
  ["hello", 0],
  ["{} {}", 3],
])("places the fault of %j at %i", (text, at) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(findJsonFault(text)).toBe(at);
});
