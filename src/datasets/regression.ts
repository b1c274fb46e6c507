// Numbers to predict, and the formula they come from: two that a neuron finds again exactly, two that need a network.
import type { RandomGenerator } from "../nd/random.js";
import type { RegressionSet } from "./dataset.js";

export interface RegressionOptions {
  readonly examples?: number;
  /** Width of the uniform noise added to each target. */
  readonly noise?: number;
}

/** `y = 3 x₁ − 4 x₂ + 5`, x in [−10, 10), noise in ±0.1. `[n, 2] → [n, 1]` */
export function linearInTwo(random: RandomGenerator, options: RegressionOptions = {}): RegressionSet {
  return linear(random, [3, -4], 5, options);
}

/** `y = 2 x₁ + 4 x₂ − 3 x₃ + 3`, x in [−10, 10), noise in ±0.1. `[n, 3] → [n, 1]` */
export function linearInThree(random: RandomGenerator, options: RegressionOptions = {}): RegressionSet {
  return linear(random, [2, 4, -3], 3, options);
}

/** `y = sin(x) x³ + 3 x`, x in [0, 1), noise in [0, 0.8). `[n, 1] → [n, 1]` */
export function sineCubic(
  random: RandomGenerator,
  { examples = 100, noise = 0.8 }: RegressionOptions = {},
): RegressionSet {
  return curve(random, examples, noise, (x) => Math.sin(x) * x * x * x + 3 * x);
}

/** `y = x⁴`, x in [0, 1), noise in [0, 0.1). `[n, 1] → [n, 1]` */
export function quartic(
  random: RandomGenerator,
  { examples = 100, noise = 0.1 }: RegressionOptions = {},
): RegressionSet {
  return curve(random, examples, noise, (x) => x * x * x * x);
}

function linear(
  random: RandomGenerator,
  weights: readonly number[],
  bias: number,
  { examples = 1000, noise = 0.2 }: RegressionOptions,
): RegressionSet {
  const inputs = random.uniform([examples, weights.length], { low: -10, high: 10 });
  const targets = random.uniform([examples, 1], { low: -noise / 2, high: noise / 2 });
  for (let i = 0; i < examples; i++) {
    const exact = weights.reduce((sum, weight, j) => sum + weight * inputs.at(i, j), bias);
    targets.data[i]! += exact;
  }
  return { inputs, targets };
}

function curve(random: RandomGenerator, examples: number, noise: number, f: (x: number) => number): RegressionSet {
  const inputs = random.uniform([examples, 1]);
  const targets = random.uniform([examples, 1], { high: noise });
  for (let i = 0; i < examples; i++) targets.data[i]! += f(inputs.data[i]!);
  return { inputs, targets };
}
