// Calls backward twice.
import { argmax, type Dataset } from "retroprop";
import {
  backward,
  evaluateNetwork,
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
  { epochs, random, onEpoch }: TrainingOptions,
): TrainingRecord[] {
  const history: TrainingRecord[] = [];
  const n = trainData.labels.length;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let [totalLoss, right] = [0, 0];
    for (const i of random.permutation(n)) {
      const gold = trainData.labels[i]!;
      const logits = network.forward(new Tensor(trainData.inputs.row(i)));
      const loss = nll(logits, gold);
      optimizer.zeroGrad();
      backward(loss);
      backward(loss);
      optimizer.step();
      totalLoss += loss.data.at();
      if (argmax(logits.data) === gold) right++;
    }
    const { loss: devLoss, accuracy: devAccuracy } = evaluateNetwork(network, devData);
    const record = { epoch, trainLoss: totalLoss / n, trainAccuracy: right / n, devLoss, devAccuracy };
    history.push(record);
    onEpoch?.(record);
  }
  return history;
}
