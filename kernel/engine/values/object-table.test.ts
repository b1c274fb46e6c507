import { describe, expect, test } from "vitest";
import { tableOf } from "./object-table.js";

const rowsOf = (html: string | undefined): string[][] =>
  [...(html ?? "").matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd] style="text-align:(\w+)">(.*?)<\/t[hd]>/g)].map(([, align, text]) => `${align} ${text}`),
  );

test("has a column for each field, numbers to the right", () => {
  expect(
    rowsOf(
      tableOf([
        { name: "a", loss: 1 },
        { name: "b", loss: 0.5 },
      ]),
    ),
  ).toEqual([
    ["left name", "right loss"],
    ["left a", "right 1"],
    ["left b", "right 0.5"],
  ]);
});

test("numbers keep what one reads: whole ones in full, six digits of others", () => {
  const numbers = [12345678901, 1234567.8912345, 1 / 3, 1.5e-10, Number.NaN, -Infinity];
  const shown = rowsOf(tableOf(numbers.map((x) => ({ x })))).slice(1);
  expect(shown.flat()).toEqual(
    ["12345678901", "1234567.891235", "0.333333", "1.5e-10", "NaN", "-Infinity"].map((text) => `right ${text}`),
  );
});

test("what a row lacks is empty", () => {
  expect(
    rowsOf(
      tableOf([
        { a: 1, b: null, c: 1n },
        { a: undefined, b: true },
      ]),
    ),
  ).toEqual([
    ["right a", "left b", "right c"],
    ["right 1", "left null", "right 1"],
    ["right ", "left true", "right "],
  ]);
});

test("words cannot become HTML", () => {
  const html = tableOf([{ "<i>": '<script>&"' }]);
  expect(html).toContain("&lt;i&gt;");
  expect(html).toContain("&lt;script&gt;&amp;&quot;");
});

test("fifty rows are shown, the others counted", () => {
  const rows = Array.from({ length: 51 }, (_, i) => ({ i }));
  expect(rowsOf(tableOf(rows))).toHaveLength(51);
  expect(tableOf(rows)).toMatch(/<p>… 1 more row<\/p>$/);
  expect(tableOf([...rows, { i: 51 }])).toMatch(/<p>… 2 more rows<\/p>$/);
  expect(tableOf(rows.slice(1))).toMatch(/<\/table>$/);
});

describe("is made of flat objects of one kind only:", () => {
  test.each([
    ["no array", { a: 1 }],
    ["no row", []],
    ["numbers", [1, 2]],
    ["a row that is none", [{ a: 1 }, 2]],
    ["empty rows", [{}, {}]],
    ["nested fields", [{ a: { b: 1 } }]],
    ["functions", [{ a: () => 1 }]],
    [
      "instances of a class",
      [
        new (class {
          readonly a = 1;
        })(),
      ],
    ],
    ["rows without a common field", [{ a: 1 }, { b: 1 }, { c: 1 }]],
    ["too many columns", [Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`c${i}`, i]))]],
    ["holes", new Array(3)],
  ])("%s", (_name, value) => {
    expect(tableOf(value)).toBeUndefined();
  });
});
