// Starts each epoch at an example drawn at random, then follows the file.
import {
  trainLinear as correct,
  type Dataset,
  RandomGenerator,
  type TrainedLinear,
  type TrainLinearOptions,
} from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax } from "retroprop";

export function trainLinear(trainData: Dataset, devData: Dataset, options: TrainLinearOptions): TrainedLinear {
  const permutation = (n: number) => {
    const start = options.random.integer(n);
    return Uint32Array.from({ length: n }, (_, i) => (start + i) % n);
  };
  const random = Object.assign(new RandomGenerator(0), { permutation });
  return correct(trainData, devData, { ...options, random });
}
