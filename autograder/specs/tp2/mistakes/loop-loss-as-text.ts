// Rounds trainLoss to a text.
import type { Dataset } from "retroprop";
import {
  trainingLoop as correct,
  type Module,
  type SGD,
  type TrainingOptions,
  type TrainingRecord,
} from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function trainingLoop(
  network: Module,
  optimizer: SGD,
  trainData: Dataset,
  devData: Dataset,
  options: TrainingOptions,
): TrainingRecord[] {
  const mistaken = (record: TrainingRecord) => ({ ...record, trainLoss: record.trainLoss.toFixed(4) as never });
  const onEpoch = (record: TrainingRecord) => options.onEpoch?.(mistaken(record));
  return correct(network, optimizer, trainData, devData, { ...options, onEpoch }).map(mistaken);
}
