// Measuring leaves gradients, which the next epoch follows.
import type { Dataset } from "retroprop";
import {
  backward,
  trainingLoop as correct,
  type Module,
  nll,
  SGD,
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
  const step = () => {
    optimizer.step();
    optimizer.zeroGrad();
  };
  const other = Object.assign(new SGD(optimizer.parameters, 0), { zeroGrad: () => {}, step });
  const onEpoch = (record: TrainingRecord) => {
    for (const [i, gold] of devData.labels.entries()) {
      backward(nll(network.forward(new Tensor(devData.inputs.row(i))), gold));
    }
    options.onEpoch?.(record);
  };
  return correct(network, other, trainData, devData, { ...options, onEpoch });
}
