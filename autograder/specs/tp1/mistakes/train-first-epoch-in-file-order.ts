// Shuffles at the end of the epoch: the first follows the file.
import {
  trainLinear as correct,
  type Dataset,
  RandomGenerator,
  type TrainedLinear,
  type TrainLinearOptions,
} from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax } from "retroprop";

export function trainLinear(trainData: Dataset, devData: Dataset, options: TrainLinearOptions): TrainedLinear {
  let order: Uint32Array | undefined;
  const permutation = (n: number) => {
    const current = order ?? Uint32Array.from({ length: n }, (_, i) => i);
    order = options.random.permutation(n);
    return current;
  };
  const random = Object.assign(new RandomGenerator(0), { permutation });
  return correct(trainData, devData, { ...options, random });
}
