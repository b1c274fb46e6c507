// The generator is seeded by Math.random.
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
  const random = new RandomGenerator(Math.floor(Math.random() * 2 ** 31));
  return correct(network, optimizer, trainData, devData, { ...options, random });
}
