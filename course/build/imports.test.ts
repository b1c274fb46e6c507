import { expect, it } from "vitest";
import { importStatement, importsOfBlock, withoutImports } from "./imports.js";
import type { Library } from "./library.js";

const library: Library = {
  exports: new Map([
    ["nll", false],
    ["zeros", false],
    ["NdArray", false],
  ]),
  declaration: () => {
    throw new Error("not asked here");
  },
};
const blockImports = (block: string): string => importStatement(importsOfBlock(block, library, new Set(["nll"])));

it("a block imports what it uses, and neither what stands beside it nor what it declares", () => {
  expect(blockImports("const zeros = 3; nll(zeros); const x: NdArray = make();")).toBe(
    'import { type NdArray } from "retroprop";',
  );
});

it("a name used once as a value is imported as a value", () => {
  expect(blockImports("let x: NdArray = new NdArray();")).toBe('import { NdArray } from "retroprop";');
});

it("the names of members are not names of the library", () => {
  expect(blockImports("a.zeros(); b = { zeros: 1 };")).toBe("");
});

it("names are sorted whatever their case, and come over several lines when one is too long", () => {
  const names = ["zeros", "Array", "b"].map((name) => ({ exported: name, name, typeOnly: false }));
  expect(importStatement(names)).toBe('import { Array, b, zeros } from "retroprop";');
  const long = [..."abc"].map((letter) => ({ exported: letter.repeat(40), name: letter.repeat(40), typeOnly: true }));
  expect(importStatement(long).split("\n")).toEqual([
    "import {",
    ...[..."abc"].map((letter) => `  type ${letter.repeat(40)},`),
    '} from "retroprop";',
  ]);
});

it("a name known under another is imported as that other", () => {
  expect(importStatement([{ exported: "sum", name: "plus", typeOnly: false }])).toBe(
    'import { sum as plus } from "retroprop";',
  );
});

it("a block may import from the library, which its file does again, and from nowhere else", () => {
  const place = { file: "lesson.fr.md", line: 10 };
  expect(withoutImports('import { nll } from "retroprop";\n\nnll(1);\n', place)).toBe("nll(1);");
  expect(() => withoutImports('go();\nimport fs from "node:fs";', place)).toThrow(
    /^lesson\.fr\.md:11: .*"retroprop" only/,
  );
});
