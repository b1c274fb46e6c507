import { describe, expect, it } from "vitest";
import { RandomGenerator } from "../nd/random.js";
import type { RegressionSet } from "./dataset.js";
import { linearInThree, linearInTwo, quartic, sineCubic } from "./regression.js";

type Formula = (...x: number[]) => number;

const sets = [
  { name: "linearInTwo", make: linearInTwo, formula: ((a, b) => 3 * a! - 4 * b! + 5) as Formula, noise: [-0.1, 0.1] },
  {
    name: "linearInThree",
    make: linearInThree,
    formula: ((a, b, c) => 2 * a! + 4 * b! - 3 * c! + 3) as Formula,
    noise: [-0.1, 0.1],
  },
  { name: "sineCubic", make: sineCubic, formula: ((x) => Math.sin(x!) * x! ** 3 + 3 * x!) as Formula, noise: [0, 0.8] },
  { name: "quartic", make: quartic, formula: ((x) => x! ** 4) as Formula, noise: [0, 0.1] },
];

describe.each(sets)("$name", ({ make, formula, noise: [low, high] }) => {
  it("follows its formula, up to the noise it announces", () => {
    const rests = residuals(make(new RandomGenerator(1), { examples: 400 }), formula);
    expect(rests).toHaveLength(400);
    expect(Math.min(...rests)).toBeGreaterThan(low! - 1e-5);
    expect(Math.max(...rests)).toBeLessThan(high! + 1e-5);
    expect(Math.max(...rests) - Math.min(...rests)).toBeGreaterThan(0.9 * (high! - low!));
  });

  it("is exact without noise", () => {
    const rests = residuals(make(new RandomGenerator(2), { examples: 20, noise: 0 }), formula);
    expect(Math.max(...rests.map(Math.abs))).toBeLessThan(1e-5);
  });

  it("gives the same bits for the same seed, others for another", () => {
    const once = make(new RandomGenerator(3));
    expect(make(new RandomGenerator(3))).toEqual(once);
    expect(make(new RandomGenerator(4)).targets.data).not.toEqual(once.targets.data);
  });
});

function residuals({ inputs, targets }: RegressionSet, formula: Formula): number[] {
  const [n] = inputs.shape;
  expect(targets.shape).toEqual([n, 1]);
  return Array.from({ length: n! }, (_, i) => targets.at(i, 0) - formula(...inputs.row(i).data));
}
