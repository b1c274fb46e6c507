import { describe, expect, test } from "vitest";
import { readJsonTree } from "./json-tree.js";
import { layOutAnew, layOutLike } from "./lay-out.js";

/** What is written when nothing has changed. */
const again = (text: string): string => layOutLike(JSON.parse(text.replace(/^\uFEFF/, "")), text);
/** The same with one change. */
function changed(text: string, change: (value: Record<string, unknown>) => void): string {
  const value = JSON.parse(text.replace(/^\uFEFF/, ""));
  change(value);
  return layOutLike(value, text);
}

describe("what has not changed is written byte for byte as it was", () => {
  test.each([
    ["four spaces, no last newline", '{\n    "b": 1,\n    "a": [1, 2]\n}'],
    ["tabs and CRLF", '{\r\n\t"b": {\r\n\t\t"c": []\r\n\t}\r\n}\r\n'],
    ["one line", '{"b":1,"a":{"c":[1,2,{}]}}'],
    ["odd blanks", ' {"b" :1 ,\n\n "a":[ ]} \n\n'],
    ["a byte order mark", '\uFEFF{ "a": 1 }\n'],
    ["numbers as Python writes them", '{ "a": [1.0, 1e-05, 123456789012345678901234567890, -0.0] }'],
    ["escapes", '{ "a": "\\u00e9\\/ \\\\", "\\"b\\\\": "\\\\\\"" }'],
    ["a key that is there twice", '{ "a": 1, "a": 2 }'],
  ])("%s", (_, text) => {
    expect(again(text)).toBe(text);
  });

  test("beside a change", () => {
    const text = '{\n  "z": [1.0,\n   2e1],\n  "a": {"k": 1.50},\n  "m": "\\u00e9"\n}\n';
    const now = changed(text, (value) => Object.assign(value, { m: "n" }));
    expect(now).toBe(text.replace('"\\u00e9"', '"n"'));
  });

  test("in a cell that has moved: cells are paired by id", () => {
    const [one, other] = ['{"id": "a",   "x": 1.0}', '{"id": "b", "x": [ 2.0 ]}'];
    const text = `{\n "cells": [\n  ${one},\n  ${other}\n ]\n}`;
    const now = changed(text, (value) => (value["cells"] as unknown[]).reverse());
    expect(now).toBe(`{\n "cells": [\n  ${other},\n  ${one}\n ]\n}`);
  });
});

describe("what is new is written in the manner of the file", () => {
  test.each([
    ["its indent and line ends", '{\r\n\t"b": 1\r\n}', '{\r\n\t"b": 1,\r\n\t"c": [\r\n\t\t"é"\r\n\t]\r\n}'],
    ["one line with blanks", '{"b": 1, "d": 2}', '{"b": 1, "c": ["é"], "d": 2}'],
    ["one line without", '{"b":1}', '{"b":1,"c":["é"]}'],
    ["ASCII alone", '{\n "b": "\\u00e8"\n}', '{\n "b": "\\u00e8",\n "c": [\n  "\\u00e9"\n ]\n}'],
  ])("%s", (_, text, expected) => {
    expect(changed(text, (value) => Object.assign(value, { c: ["é"] }))).toBe(expected);
  });

  test("keys keep their order; a new one stands before the first that sorts after it; one that is gone is gone", () => {
    const text = '{\n "z": 1,\n "b": 2,\n "d": 3\n}';
    const value = { b: 2, d: 4, z: 1, c: 5, e: undefined };
    expect(Object.keys(JSON.parse(layOutLike(value, text)))).toEqual(["c", "z", "b", "d"]);
    expect(layOutLike({ d: 3 }, text)).toBe('{\n "d": 3\n}');
  });
});

test("without a file before: sorted keys, an indent of one, a last newline, as nbformat does", () => {
  expect(layOutAnew({ b: [], a: { c: "é" } })).toBe('{\n "a": {\n  "c": "é"\n },\n "b": []\n}\n');
});

test("a string of megabytes and a tree of a thousand levels are read", () => {
  const long = JSON.stringify({ image: "A".repeat(5_000_000), text: '\\"'.repeat(100_000) });
  expect(again(long)).toBe(long);
  const deep = "[".repeat(1000) + "]".repeat(1000);
  expect(readJsonTree(deep)).toMatchObject({ from: 0, to: 2000 });
});
