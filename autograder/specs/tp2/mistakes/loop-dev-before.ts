// Measures on the development set before the epoch.
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
  let { loss: devLoss, accuracy: devAccuracy } = evaluateNetwork(network, devData);
  const onEpoch = (record: TrainingRecord) => {
    history.push({ ...record, devLoss, devAccuracy });
    options.onEpoch?.(history.at(-1)!);
    ({ devLoss, devAccuracy } = record);
  };
  correct(network, optimizer, trainData, devData, { ...options, onEpoch });
  return history;
}
