// Formulas on whole arrays, as one would write them with NumPy; an asynchronous training loop.
import {
  argmax,
  array,
  type Dataset,
  dot,
  exp,
  log,
  max,
  type NdArray,
  outer,
  sum,
  type TrainedLinear,
  type TrainLinearOptions,
  zeros,
  zerosLike,
} from "retroprop";

export const affineTransform = (W: NdArray, b: NdArray, x: NdArray): NdArray => W.matmul(x).add(b);

export const backwardAffineTransform = (_W: NdArray, b: NdArray, x: NdArray, g: NdArray): [NdArray, NdArray] => [
  g.reshape([-1, 1]).matmul(x.reshape([1, -1])),
  zerosLike(b).add(g),
];

const logSoftmax = (x: NdArray): NdArray => {
  const shifted = x.sub(max(x));
  return shifted.sub(log(array([sum(exp(shifted))])));
};

const oneHot = (size: number, gold: number): NdArray => {
  const result = zeros([size]);
  result.set([gold], 1);
  return result;
};

export const softmax = (x: NdArray): NdArray => exp(logSoftmax(x));

export const nll = (x: NdArray, gold: number): number => -dot(logSoftmax(x), oneHot(x.size, gold));

export const backwardNll = (x: NdArray, gold: number, g: number): NdArray =>
  softmax(x).sub(oneHot(x.size, gold)).mul(g);

export function evaluate(W: NdArray, b: NdArray, { inputs, labels }: Dataset): number {
  const scores = inputs.matmul(W.transpose()).add(b);
  const predicted = argmax(scores, { axis: 1 });
  return labels.filter((gold, i) => predicted.at(i) === gold).length / labels.length;
}

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const logits = affineTransform(W, b, x);
  const loss = nll(logits, gold);
  const g = backwardNll(logits, gold, learningRate);
  W.sub_(outer(g, x));
  b.sub_(g);
  return loss;
}

export async function trainLinear(
  trainData: Dataset,
  devData: Dataset,
  { epochs, learningRate, random, onEpoch }: TrainLinearOptions,
): Promise<TrainedLinear> {
  const [size, features] = trainData.inputs.shape as [number, number];
  const W = zeros([trainData.classNames.length, features]);
  const b = zeros([trainData.classNames.length]);
  const snapshots = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const losses = [];
    for (const i of random.permutation(size)) {
      losses.push(sgdStep(W, b, trainData.inputs.row(i), trainData.labels[i]!, learningRate));
    }
    const record = { epoch, trainLoss: array(losses).mean(), devAccuracy: evaluate(W, b, devData) };
    snapshots.push({ W: W.clone(), b: b.clone(), record });
    await onEpoch?.(record);
  }
  const best = snapshots.reduce((a, c) => (c.record.devAccuracy > a.record.devAccuracy ? c : a));
  return { W: best.W, b: best.b, history: snapshots.map(({ record }) => record) };
}
