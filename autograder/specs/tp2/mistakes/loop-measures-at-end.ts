// The training measures are taken at the end of the epoch.
import type { Dataset } from "retroprop";
import {
  trainingLoop as correct,
  evaluateNetwork,
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
  const history: TrainingRecord[] = [];
  const onEpoch = (record: TrainingRecord) => {
    const { loss: trainLoss, accuracy: trainAccuracy } = evaluateNetwork(network, trainData);
    history.push({ ...record, trainLoss, trainAccuracy });
    options.onEpoch?.(history.at(-1)!);
  };
  correct(network, optimizer, trainData, devData, { ...options, onEpoch });
  return history;
}
