import { expect, test } from "vitest";
import { table } from "./table.js";

test("numbers are aligned to the right, words to the left", () => {
  expect(
    table([
      { réseau: "linéaire", exactitude: 0.92 },
      { réseau: "profond", exactitude: 0.9775 },
    ])["text/plain"],
  ).toBe(["réseau    exactitude", "────────  ──────────", "linéaire        0.92", "profond       0.9775"].join("\n"));
});

test("a key that some rows lack leaves empty cells", () => {
  expect(table([{ a: 1 }, { b: true }])["text/plain"]).toBe(["a  b", "─  ────", "1", "   true"].join("\n"));
});

test("numbers keep six digits", () => {
  expect(table([{ x: 1 / 3 }])["text/plain"]).toContain("0.333333");
});

test("words cannot become HTML", () => {
  expect(table([{ "<i>": "<script>" }])["text/html"]).toBe(
    '<table><thead><tr><th style="text-align:left">&lt;i&gt;</th></tr></thead>' +
      '<tbody><tr><td style="text-align:left">&lt;script&gt;</td></tr></tbody></table>',
  );
});

test("no row is an empty table", () => {
  expect(table([])["text/html"]).toContain("<tbody></tbody>");
});
