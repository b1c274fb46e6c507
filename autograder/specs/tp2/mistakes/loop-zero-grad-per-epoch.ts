// Forgets the gradients once an epoch.
import { type Dataset, RandomGenerator } from "retroprop";
import {
  trainingLoop as correct,
  type Module,
  SGD,
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
  const other = Object.assign(new SGD([], 0), { step: () => optimizer.step() });
  const random = Object.assign(new RandomGenerator(0), {
    permutation(n: number) {
      optimizer.zeroGrad();
      return options.random.permutation(n);
    },
  });
  return correct(network, other, trainData, devData, { ...options, random });
}
