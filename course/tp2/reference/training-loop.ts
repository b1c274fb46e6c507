// Training a network one example at a time, and judging it.
import { argmax, type Dataset, nll as ndNll, type RandomGenerator } from "retroprop";
import type { Module } from "./module.js";
import { nll } from "./operations.js";
import type { SGD } from "./sgd.js";
import { backward, Tensor } from "./tensor.js";

/** What an epoch leaves behind. */
export interface TrainingRecord {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  /** Mean loss over the training examples, each taken just before its own step. */
  readonly trainLoss: number;
  /** Share of the training examples that were classified right, each just before its own step. */
  readonly trainAccuracy: number;
  /** Mean loss over the development set at the end of the epoch. */
  readonly devLoss: number;
  /** Accuracy on the development set at the end of the epoch. */
  readonly devAccuracy: number;
}

export interface TrainingOptions {
  /** How many times every training example is seen. */
  readonly epochs: number;
  /** Shuffles the examples, anew at each epoch. */
  readonly random: RandomGenerator;
  /** Called at the end of each epoch, with its record. */
  readonly onEpoch?: (record: TrainingRecord) => void;
}

/** Mean loss and accuracy of a network on a data set. */
export function evaluateNetwork(network: Module, data: Dataset): { loss: number; accuracy: number } {
  let [loss, right] = [0, 0];
  data.labels.forEach((gold, i) => {
    const logits = network.forward(new Tensor(data.inputs.row(i))).data;
    loss += ndNll(logits, gold);
    if (argmax(logits) === gold) right++;
  });
  return { loss: loss / data.labels.length, accuracy: right / data.labels.length };
}

/**
 * Trains a network: every epoch visits the training examples in a new random order, one step on each.
 *
 * @param network updated in place, through the optimizer
 * @param optimizer of the parameters of the network
 * @returns the record of every epoch
 * @python training_loop
 */
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
      optimizer.step();
      totalLoss += loss.data.at();
      if (argmax(logits.data) === gold) right++;
    }
    const dev = evaluateNetwork(network, devData);
    const training = { trainLoss: totalLoss / n, trainAccuracy: right / n };
    const summary = { epoch, ...training, devLoss: dev.loss, devAccuracy: dev.accuracy };
    history.push(summary);
    onEpoch?.(summary);
  }
  return history;
}
