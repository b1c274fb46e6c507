// Shuffles all examples but the last, as a Fisher-Yates whose loop starts one too low.
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
  const permutation = (n: number) => Uint32Array.from([...options.random.permutation(n - 1), n - 1]);
  const random = Object.assign(new RandomGenerator(0), { permutation });
  return correct(network, optimizer, trainData, devData, { ...options, random });
}
