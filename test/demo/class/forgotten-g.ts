// Right but for backwardNll, which ignores the gradient it receives.
import {
  argmax,
  type Dataset,
  type EpochRecord,
  exp,
  max,
  type NdArray,
  outer,
  sum,
  type TrainedLinear,
  type TrainLinearOptions,
  zeros,
} from "retroprop";

export function affineTransform(W: NdArray, b: NdArray, x: NdArray): NdArray {
  return x.ndim === 1 ? W.matmul(x).add(b) : x.matmul(W.transpose()).add(b);
}

export function backwardAffineTransform(_W: NdArray, _b: NdArray, x: NdArray, g: NdArray): [NdArray, NdArray] {
  if (x.ndim === 1) return [outer(g, x), g.clone()];
  return [g.transpose().matmul(x), sum(g, { axis: 0 })];
}

export function softmax(x: NdArray): NdArray {
  const e = exp(x.sub(max(x, { axis: -1, keepDims: true })));
  return e.div(sum(e, { axis: -1, keepDims: true }));
}

export function nll(x: NdArray, gold: number): number {
  const m = max(x);
  return m - x.at(gold) + Math.log(sum(exp(x.sub(m))));
}

export function backwardNll(x: NdArray, gold: number, _g: number): NdArray {
  const p = softmax(x);
  p.set([gold], p.at(gold) - 1);
  return p;
}

export function evaluate(W: NdArray, b: NdArray, data: Dataset): number {
  const n = data.labels.length;
  let right = 0;
  for (let i = 0; i < n; i++) {
    if (argmax(affineTransform(W, b, data.inputs.row(i))) === data.labels[i]) right++;
  }
  return right / n;
}

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const o = affineTransform(W, b, x);
  const [gW, gb] = backwardAffineTransform(W, b, x, backwardNll(o, gold, 1));
  W.sub_(gW.mul(learningRate));
  b.sub_(gb.mul(learningRate));
  return nll(o, gold);
}

export function trainLinear(
  trainData: Dataset,
  devData: Dataset,
  { epochs, learningRate, random, onEpoch }: TrainLinearOptions,
): TrainedLinear {
  const W = zeros([trainData.classNames.length, trainData.inputs.shape[1]!]);
  const b = zeros([trainData.classNames.length]);
  const history: EpochRecord[] = [];
  let best = { W: W.clone(), b: b.clone(), devAccuracy: 0 };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let total = 0;
    for (const i of random.permutation(trainData.labels.length)) {
      total += sgdStep(W, b, trainData.inputs.row(i), trainData.labels[i]!, learningRate);
    }
    const record = { epoch, trainLoss: total / trainData.labels.length, devAccuracy: evaluate(W, b, devData) };
    if (record.devAccuracy > best.devAccuracy) best = { W: W.clone(), b: b.clone(), devAccuracy: record.devAccuracy };
    history.push(record);
    onEpoch?.(record);
  }
  return { W: best.W, b: best.b, history };
}
