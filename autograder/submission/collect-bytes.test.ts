import { describe, expect, it } from "vitest";
import { collectorFor } from "./collect-bytes.js";

function collected(name: string, text: string, chunkSize = 3): string {
  const bytes = Buffer.from(text);
  const collector = collectorFor(name);
  for (let i = 0; i < bytes.length; i += chunkSize) collector.push(bytes.subarray(i, i + chunkSize));
  return Buffer.from(collector.end()).toString("utf8");
}

const names = ["tp1.txt", "tp1", "tp1.json", "tp1.ipynb", "tp1.ipynb.txt"];

describe.each(names)("what is kept of %s", (name) => {
  it.each([
    `const layer = { "outputs": 3, "attachments": [1] };`,
    `{ const layer = { "outputs": 3 }; }`,
    `{ "use strict"; var layer = { "outputs": 3 }; }`,
    `{ "use strict", { "outputs": 3 } }`,
    `[{ "outputs": 3 }]`,
    `// {\n"outputs": 3`,
    "{}",
    "",
  ])("is every byte of %j, which is no JSON object", (text) => {
    expect(collected(name, text)).toBe(text);
  });

  it.each(["", "\uFEFF", " \r\n\t", "\uFEFF\n"])("is a notebook without its outputs, after %j", (before) => {
    const text = `${before}{\n "cells" : [{"outputs":[1]}]}`;
    expect(collected(name, text)).toBe(text.replace("[1]", "null"));
  });

  it("is nothing when code weighs more than 8 MB, and a notebook when only its outputs do", () => {
    const output = JSON.stringify("x".repeat(9 * 2 ** 20));
    expect(() => collected(name, `const outputs = ${output};`, 2 ** 16)).toThrow(/pèse plus de 8 Mo/);
    expect(collected(name, `{"cells":[{"outputs":${output}}]}`, 2 ** 16)).toBe('{"cells":[{"outputs":null}]}');
  });
});
