// Measures on the training examples.
import type { Dataset } from "retroprop";
import type { Module, SGD, TrainingOptions, TrainingRecord } from "../../../../course/tp2/reference/index.js";
import { trainingLoop as correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function trainingLoop(
  network: Module,
  optimizer: SGD,
  trainData: Dataset,
  _devData: Dataset,
  options: TrainingOptions,
): TrainingRecord[] {
  return correct(network, optimizer, trainData, trainData, options);
}
