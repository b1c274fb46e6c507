// Plain lists of numbers inside and out: results are number[], not NdArray. Shuffles a list of indices of its own.
import type { Dataset, EpochRecord, NdArray, RandomGenerator } from "retroprop";

const rows = (M: NdArray): number[][] => M.toArray() as number[][];
const list = (x: NdArray): number[] => x.toArray() as number[];
const add = (a: number[], b: number[]): number[] => a.map((value, i) => value + b[i]!);
const scale = (a: number[], by: number): number[] => a.map((value) => by * value);
const dot = (a: number[], b: number[]): number => a.reduce((total, value, i) => total + value * b[i]!, 0);
const total = (a: number[]): number => a.reduce((sum, value) => sum + value, 0);

const scores = (W: number[][], b: number[], x: number[]): number[] =>
  add(
    W.map((row) => dot(row, x)),
    b,
  );

function probabilities(x: number[]): number[] {
  const highest = Math.max(...x);
  const e = x.map((value) => Math.exp(value - highest));
  return scale(e, 1 / total(e));
}

function loss(x: number[], gold: number): number {
  const highest = Math.max(...x);
  return Math.log(total(x.map((value) => Math.exp(value - highest)))) + highest - x[gold]!;
}

export const affineTransform = (W: NdArray, b: NdArray, x: NdArray): number[] => scores(rows(W), list(b), list(x));

export function backwardAffineTransform(_W: NdArray, _b: NdArray, x: NdArray, g: NdArray): [number[][], number[]] {
  return [list(g).map((factor) => scale(list(x), factor)), [...list(g)]];
}

export const softmax = (x: NdArray): number[] => probabilities(list(x));

export const nll = (x: NdArray, gold: number): number => loss(list(x), gold);

export const backwardNll = (x: NdArray, gold: number, g: number): number[] =>
  softmax(x).map((p, i) => g * (i === gold ? p - 1 : p));

function accuracy(W: number[][], b: number[], inputs: number[][], labels: ArrayLike<number>): number {
  const right = inputs.filter((x, i) => {
    const o = scores(W, b, x);
    return o.indexOf(Math.max(...o)) === labels[i];
  });
  return right.length / inputs.length;
}

export const evaluate = (W: NdArray, b: NdArray, data: Dataset): number =>
  accuracy(rows(W), list(b), rows(data.inputs), data.labels);

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const o = affineTransform(W, b, x);
  const g = probabilities(o).map((p, i) => learningRate * (i === gold ? p - 1 : p));
  for (let i = 0; i < g.length; i++) {
    b.set([i], b.at(i) - g[i]!);
    for (let j = 0; j < x.size; j++) W.set([i, j], W.at(i, j) - g[i]! * x.at(j));
  }
  return loss(o, gold);
}

interface ListOptions {
  readonly epochs: number;
  readonly learningRate: number;
  readonly random: RandomGenerator;
  readonly onEpoch?: (record: EpochRecord) => void;
}

export function trainLinear(trainData: Dataset, devData: Dataset, options: ListOptions) {
  const { epochs, learningRate, random, onEpoch } = options;
  const [inputs, devInputs] = [rows(trainData.inputs), rows(devData.inputs)];
  const order = inputs.map((_, i) => i);
  let W = trainData.classNames.map(() => inputs[0]!.map(() => 0));
  let b = trainData.classNames.map(() => 0);
  let best = { W, b, devAccuracy: 0 };
  const history: EpochRecord[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    random.shuffle(order);
    let trainLoss = 0;
    for (const i of order) {
      const x = inputs[i]!;
      const o = scores(W, b, x);
      trainLoss += loss(o, trainData.labels[i]!) / inputs.length;
      const g = probabilities(o).map((p, k) => -learningRate * (k === trainData.labels[i] ? p - 1 : p));
      W = W.map((row, k) => add(row, scale(x, g[k]!)));
      b = add(b, g);
    }
    const devAccuracy = accuracy(W, b, devInputs, devData.labels);
    if (devAccuracy > best.devAccuracy) best = { W, b, devAccuracy };
    history.push({ epoch, trainLoss, devAccuracy });
    onEpoch?.({ epoch, trainLoss, devAccuracy });
  }
  return { W: best.W, b: best.b, history };
}
