// Learns from the development set as well.
import type { Dataset } from "retroprop";
import {
  backward,
  trainingLoop as correct,
  type Module,
  nll,
  type SGD,
  Tensor,
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
  const onEpoch = (record: TrainingRecord) => {
    for (const [i, gold] of devData.labels.entries()) {
      optimizer.zeroGrad();
      backward(nll(network.forward(new Tensor(devData.inputs.row(i))), gold));
      optimizer.step();
    }
    options.onEpoch?.(record);
  };
  return correct(network, optimizer, trainData, devData, { ...options, onEpoch });
}
