// As short as it gets: expressions, map and reduce. Shuffles a typed array of indices with random.shuffle.
import {
  argmax,
  type Dataset,
  type EpochRecord,
  exp,
  eye,
  map,
  type NdArray,
  outer,
  type TrainLinearOptions,
  zeros,
} from "retroprop";

const hot = (x: NdArray, gold: number) => map(x, () => 0).add(indicator(x.size, gold));
const indicator = (size: number, gold: number) => eye(size).row(gold);

export const affineTransform = (W: NdArray, b: NdArray, x: NdArray) => b.add(W.matmul(x));
export const backwardAffineTransform = (_: NdArray, __: NdArray, x: NdArray, g: NdArray) => [outer(g, x), g.add(0)];
export const softmax = (x: NdArray) => map(exp(x.sub(x.max())), (e) => e / exp(x.sub(x.max())).sum());
export const nll = (x: NdArray, y: number) => x.max() - x.at(y) + Math.log(exp(x.sub(x.max())).sum());
export const backwardNll = (x: NdArray, y: number, g: number) => softmax(x).sub(hot(x, y)).mul(g);
export const evaluate = (W: NdArray, b: NdArray, { inputs, labels }: Dataset) =>
  [...labels].reduce((n, y, i) => n + +(argmax(affineTransform(W, b, inputs.row(i))) === y), 0) / labels.length;

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, y: number, step: number) {
  const o = affineTransform(W, b, x);
  const [gW, gb] = backwardAffineTransform(W, b, x, backwardNll(o, y, -step));
  W.add_(gW!);
  b.add_(gb!);
  return nll(o, y);
}

export function trainLinear(
  train: Dataset,
  dev: Dataset,
  { epochs, learningRate, random, onEpoch }: TrainLinearOptions,
) {
  const [n, k] = train.inputs.shape as [number, number];
  const [W, b] = [zeros([train.classNames.length, k]), zeros([train.classNames.length])];
  const kept: { W: NdArray; b: NdArray; record: EpochRecord }[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = random.shuffle(Uint16Array.from({ length: n }, (_, i) => n - 1 - i));
    const losses = Array.from(order, (i) => sgdStep(W, b, train.inputs.row(i), train.labels[i]!, learningRate));
    const record = { epoch, trainLoss: losses.reduce((a, c) => a + c) / n, devAccuracy: evaluate(W, b, dev) };
    kept.push({ W: W.clone(), b: b.clone(), record });
    onEpoch?.(record);
  }
  const [best] = [...kept].sort((a, c) => c.record.devAccuracy - a.record.devAccuracy);
  return { ...best!, history: kept.map(({ record }) => record) };
}
