// Draws an example at each step.
import { type Dataset, RandomGenerator } from "retroprop";
import type { Module, SGD, TrainingOptions, TrainingRecord } from "../../../../course/tp2/reference/index.js";
import { trainingLoop as correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function trainingLoop(
  network: Module,
  optimizer: SGD,
  trainData: Dataset,
  devData: Dataset,
  options: TrainingOptions,
): TrainingRecord[] {
  const random = Object.assign(new RandomGenerator(0), {
    permutation: (n: number) => Uint32Array.from({ length: n }, () => options.random.integer(n)),
  });
  return correct(network, optimizer, trainData, devData, { ...options, random });
}
