// trainLoss is the sum of the losses.
import type { Dataset } from "retroprop";
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
  const mistaken = (record: TrainingRecord) => ({ ...record, trainLoss: record.trainLoss * trainData.labels.length });
  const onEpoch = (record: TrainingRecord) => options.onEpoch?.(mistaken(record));
  return correct(network, optimizer, trainData, devData, { ...options, onEpoch }).map(mistaken);
}
