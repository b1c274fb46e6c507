// Examples are taken two by two: the last of an odd number is left out.
import {
  type Dataset,
  type EpochRecord,
  evaluate,
  sgdStep,
  type TrainedLinear,
  type TrainLinearOptions,
  zeros,
} from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax } from "retroprop";

export function trainLinear(
  trainData: Dataset,
  devData: Dataset,
  { epochs, learningRate, random, onEpoch }: TrainLinearOptions,
): TrainedLinear {
  const size = trainData.labels.length;
  const W = zeros([trainData.classNames.length, trainData.inputs.shape[1]!]);
  const b = zeros([trainData.classNames.length]);
  const history: EpochRecord[] = [];
  let best = { W: W.clone(), b: b.clone(), devAccuracy: -1 };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let total = 0;
    const order = random.permutation(size);
    for (let first = 0; first + 1 < size; first += 2) {
      for (const i of order.subarray(first, first + 2)) {
        total += sgdStep(W, b, trainData.inputs.row(i), trainData.labels[i]!, learningRate);
      }
    }
    const devAccuracy = evaluate(W, b, devData);
    if (devAccuracy > best.devAccuracy) best = { W: W.clone(), b: b.clone(), devAccuracy };
    const record = { epoch, trainLoss: total / size, devAccuracy };
    history.push(record);
    onEpoch?.(record);
  }
  return { W: best.W, b: best.b, history };
}
