// Exchanges two examples at each epoch, and leaves the others where they are in the file.
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
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    const first = options.random.integer(n);
    const second = (first + 1 + options.random.integer(n - 1)) % n;
    [order[first], order[second]] = [order[second]!, order[first]!];
    return order;
  };
  const random = Object.assign(new RandomGenerator(0), { permutation });
  return correct(trainData, devData, { ...options, random });
}
