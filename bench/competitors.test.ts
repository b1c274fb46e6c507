import { expect, test } from "vitest";
import { competitors, findPresent } from "./competitors.js";

test("names are unlike each other", () => {
  const names = competitors.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("ours is always present, and whoever is not is named with the command that installs it", () => {
  const { present, missing } = findPresent([
    ...competitors.filter(({ family }) => family === "ours"),
    { name: "no-such-peer", label: "", family: "javascript", command: ["node"], threads: 1, needs: "no-such-package" },
    { name: "no-such-module", label: "", family: "python", command: ["python"], threads: 1, needs: "no_such_module" },
  ]);
  expect(present.every(({ family }) => family === "ours")).toBe(true);
  expect(present.length).toBeGreaterThan(0);
  expect(missing).toEqual([
    expect.stringMatching(/^without no-such-module: .*python3-torch/),
    "without no-such-peer: npm ci --prefix bench/peers",
  ]);
});
