// Divides by the size of the labels, which have a length: trainLoss is NaN.
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
  const { size } = trainData.labels as unknown as { readonly size: number };
  const mistaken = (record: TrainingRecord) => ({ ...record, trainLoss: record.trainLoss / size });
  const onEpoch = (record: TrainingRecord) => options.onEpoch?.(mistaken(record));
  return correct(network, optimizer, trainData, devData, { ...options, onEpoch }).map(mistaken);
}
