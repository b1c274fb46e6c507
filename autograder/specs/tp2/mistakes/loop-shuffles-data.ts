// Puts the data themselves in a new order.
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
  const order = options.random.permutation(trainData.labels.length);
  const [inputs, labels] = [trainData.inputs.clone(), trainData.labels.slice()];
  order.forEach((from, to) => {
    trainData.inputs.row(to).copy_(inputs.row(from));
    trainData.labels[to] = labels[from]!;
  });
  return correct(network, optimizer, trainData, devData, options);
}
