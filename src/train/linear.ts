// TP1's classifier softmax(W x + b), trained one example at a time by stochastic gradient descent.
import type { Dataset } from "../datasets/dataset.js";
import { affineTransform, backwardAffineTransform } from "../functions/affine.js";
import { backwardNll, nll } from "../functions/nll.js";
import { zeros } from "../nd/creation.js";
import { argmax } from "../nd/math.js";
import type { NdArray } from "../nd/nd-array.js";
import type { RandomGenerator } from "../nd/random.js";
import type { EpochRecord } from "./history.js";

export interface TrainLinearOptions {
  /** How many times every training example is seen. */
  readonly epochs: number;
  /** The step ε of `W −= ε gW`. */
  readonly learningRate: number;
  /** Shuffles the examples, anew at each epoch. */
  readonly random: RandomGenerator;
  /** Called at the end of each epoch, with its record. */
  readonly onEpoch?: (record: EpochRecord) => void;
}

/** Parameters that did best on the development set, and the record of every epoch. */
export interface TrainedLinear {
  readonly W: NdArray;
  readonly b: NdArray;
  readonly history: readonly EpochRecord[];
}

/**
 * Accuracy of the linear classifier: the share of examples whose highest score is that of the right class.
 *
 * @param W weights `[classes, features]`
 * @param b bias `[classes]`
 * @param data examples `[n, features]` and their n labels
 * @returns a number in [0, 1]
 * @throws RangeError when there is no example
 * @python evaluate
 */
export function evaluate(W: NdArray, b: NdArray, data: Dataset): number {
  if (data.labels.length === 0) throw new RangeError("evaluate: no example to judge");
  let right = 0;
  data.labels.forEach((gold, i) => {
    if (argmax(affineTransform(W, b, data.inputs.row(i))) === gold) right++;
  });
  return right / data.labels.length;
}

/**
 * Classes that the linear classifier gives to every example: those of the highest scores.
 *
 * @param W weights `[classes, features]`
 * @param b bias `[classes]`
 * @param data examples `[n, features]`
 * @returns n class indices
 */
export function predict(W: NdArray, b: NdArray, data: Dataset): Uint8Array {
  const classify = (_: unknown, i: number) => argmax(affineTransform(W, b, data.inputs.row(i)));
  return Uint8Array.from({ length: data.inputs.shape[0]! }, classify);
}

/**
 * One step of stochastic gradient descent on one example: `W −= ε gW`, `b −= ε gb`, in place.
 *
 * @param W weights `[classes, features]`, updated
 * @param b bias `[classes]`, updated
 * @param x one example `[features]`
 * @param gold its class
 * @param learningRate the step ε
 * @returns the loss of the example before the update
 * @python sgd_step
 */
export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const logits = affineTransform(W, b, x);
  const [gW, gb] = backwardAffineTransform(W, b, x, backwardNll(logits, gold, 1));
  W.sub_(gW.mul(learningRate));
  b.sub_(gb.mul(learningRate));
  return nll(logits, gold);
}

/**
 * Trains `softmax(W x + b)` from W = 0, b = 0: every epoch visits the training examples in a new random order and takes
 * one {@link sgdStep} on each; the parameters of the epoch that did best on the development set are kept.
 *
 * @param trainData examples `[n, features]` to learn from
 * @param devData examples to choose the best epoch with
 * @returns the best W `[classes, features]` and b `[classes]`, and the history
 * @python train_linear
 */
export function trainLinear(
  trainData: Dataset,
  devData: Dataset,
  { epochs, learningRate, random, onEpoch }: TrainLinearOptions,
): TrainedLinear {
  const classes = trainData.classNames.length;
  const W = zeros([classes, trainData.inputs.shape[1]!]);
  const b = zeros([classes]);
  const history: EpochRecord[] = [];
  let best = { W: W.clone(), b: b.clone(), devAccuracy: 0 };

  for (let epoch = 1; epoch <= epochs; epoch++) {
    let totalLoss = 0;
    for (const i of random.permutation(trainData.labels.length)) {
      const loss = sgdStep(W, b, trainData.inputs.row(i), trainData.labels[i]!, learningRate);
      if (!Number.isFinite(loss)) {
        throw new RangeError(
          `trainLinear: the loss is ${loss} at example ${i} of epoch ${epoch}: is the step too large?`,
        );
      }
      totalLoss += loss;
    }
    const record = { epoch, trainLoss: totalLoss / trainData.labels.length, devAccuracy: evaluate(W, b, devData) };
    if (record.devAccuracy > best.devAccuracy) best = { W: W.clone(), b: b.clone(), devAccuracy: record.devAccuracy };
    history.push(record);
    onEpoch?.(record);
  }
  return { W: best.W, b: best.b, history };
}
