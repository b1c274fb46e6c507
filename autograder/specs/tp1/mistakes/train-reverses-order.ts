// Every second epoch goes through the file from its end, whatever the generator.
import {
  trainLinear as correct,
  type Dataset,
  RandomGenerator,
  type TrainedLinear,
  type TrainLinearOptions,
} from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax } from "retroprop";

export function trainLinear(trainData: Dataset, devData: Dataset, options: TrainLinearOptions): TrainedLinear {
  let epochs = 0;
  const permutation = (n: number) => {
    if (epochs++ % 2 === 0) return options.random.permutation(n);
    return Uint32Array.from({ length: n }, (_, i) => n - 1 - i);
  };
  const random = Object.assign(new RandomGenerator(0), { permutation });
  return correct(trainData, devData, { ...options, random });
}
