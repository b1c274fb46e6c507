import { expect, test } from "vitest";
import { cellSource, cellText, type Life } from "./measure.js";
import { report } from "./report.js";

const life = (ready: number): Life => {
  return { ready, megabytes: 200.4, firstCell: 90, earlyCell: 7.24, lateCell: undefined, fault: undefined };
};

test("each kernel has a row of medians; what was not measured is a dash; runs are told over ours", () => {
  const page = report({
    machine: "a machine",
    rounds: 3,
    cells: 300,
    lives: new Map([["retroprop (pipe)", [life(900), life(700), life(800)]]]),
    runs: new Map([
      ["`retroprop run`", [1500, 1400, 1600]],
      ["nbconvert", [4500]],
    ]),
    missing: ["without Deno's kernel: install it"],
  });
  expect(page).toContain("| retroprop (pipe) | 800 | 90 | 7.2 | – | 200 |");
  expect(page).toContain("| nbconvert | 4500 | 3.0 |");
  expect(page).toContain("without Deno's kernel: install it");
});

test("a kernel that does not come to the last cell is said not to, and why", () => {
  const lives = new Map([["stock tslab", [{ ...life(900), fault: "cell 171 had not ended after 5 s" }]]]);
  const page = report({ machine: "a machine", rounds: 1, cells: 300, lives, runs: new Map(), missing: [] });
  expect(page).toContain("stock tslab did not come to the last cell: cell 171 had not ended after 5 s.");
});

test("a cell takes from the one before, and what it prints is known", () => {
  expect(cellSource(3)).toContain("const sum3 = sum2 + step3(3).index;");
  expect(cellText(3)).toBe("step 3 6\n");
});
