// A class that holds the parameters; the functions asked for are written with it, and what trainLinear returns is one.
import { type Dataset, type EpochRecord, NdArray, type TrainLinearOptions, zeros } from "retroprop";

class Linear {
  readonly W: NdArray;
  readonly b: NdArray;

  constructor(W: NdArray, b: NdArray) {
    this.W = W;
    this.b = b;
  }

  scores(x: NdArray): Logits {
    return new Logits(this.W.matmul(x).add(this.b));
  }

  step(x: NdArray, gold: number, learningRate: number): number {
    const logits = this.scores(x);
    const g = logits.gradient(gold, learningRate);
    for (let i = 0; i < g.size; i++) this.W.row(i).sub_(x.mul(g.at(i)));
    this.b.sub_(g);
    return logits.loss(gold);
  }

  accuracy({ inputs, labels }: Dataset): number {
    let right = 0;
    for (let i = 0; i < labels.length; i++) right += Number(this.scores(inputs.row(i)).winner() === labels[i]);
    return right / labels.length;
  }

  copy(): Linear {
    return new Linear(this.W.clone(), this.b.clone());
  }
}

class Logits {
  readonly values: NdArray;

  constructor(values: NdArray) {
    this.values = values;
  }

  winner(): number {
    return this.values.argmax();
  }

  probabilities(): NdArray {
    const highest = this.values.max();
    const e = Float32Array.from(this.values.data, (value) => Math.exp(value - highest));
    const total = e.reduce((sum, value) => sum + value, 0);
    return new NdArray(e.map((value) => value / total));
  }

  loss(gold: number): number {
    const highest = this.values.max();
    const total = [...this.values.data].reduce((sum, value) => sum + Math.exp(value - highest), 0);
    return Math.log(total) - (this.values.at(gold) - highest);
  }

  gradient(gold: number, g: number): NdArray {
    const target = zeros([this.values.size]);
    target.set([gold], 1);
    return this.probabilities().sub(target).mul(g);
  }
}

class TrainedModel extends Linear {
  readonly #epochs: readonly Epoch[];

  constructor({ W, b }: Linear, epochs: readonly Epoch[]) {
    super(W, b);
    this.#epochs = epochs;
  }

  get history(): EpochRecord[] {
    return [...this.#epochs];
  }
}

class Epoch implements EpochRecord {
  readonly epoch: number;
  readonly devAccuracy: number;
  readonly #losses: readonly number[];

  constructor(epoch: number, losses: readonly number[], devAccuracy: number) {
    this.epoch = epoch;
    this.devAccuracy = devAccuracy;
    this.#losses = losses;
  }

  get trainLoss(): number {
    return this.#losses.reduce((sum, loss) => sum + loss, 0) / this.#losses.length;
  }
}

export const affineTransform = (W: NdArray, b: NdArray, x: NdArray): NdArray => new Linear(W, b).scores(x).values;

export function backwardAffineTransform(W: NdArray, _b: NdArray, x: NdArray, g: NdArray): [NdArray, NdArray] {
  const gW = zeros(W.shape);
  for (let i = 0; i < g.size; i++) gW.row(i).add_(x.mul(g.at(i)));
  return [gW, g.clone()];
}

export const softmax = (x: NdArray): NdArray => new Logits(x).probabilities();
export const nll = (x: NdArray, gold: number): number => new Logits(x).loss(gold);
export const backwardNll = (x: NdArray, gold: number, g: number): NdArray => new Logits(x).gradient(gold, g);
export const evaluate = (W: NdArray, b: NdArray, data: Dataset): number => new Linear(W, b).accuracy(data);
export const sgdStep = (W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number =>
  new Linear(W, b).step(x, gold, learningRate);

export function trainLinear(trainData: Dataset, devData: Dataset, options: TrainLinearOptions): TrainedModel {
  const { inputs, labels, classNames } = trainData;
  const model = new Linear(zeros([classNames.length, inputs.shape[1]!]), zeros([classNames.length]));
  const history: Epoch[] = [];
  let best = model.copy();
  while (history.length < options.epochs) {
    const losses: number[] = [];
    for (const i of options.random.permutation(labels.length)) {
      losses.push(model.step(inputs.row(i), labels[i]!, options.learningRate));
    }
    const devAccuracy = model.accuracy(devData);
    if (history.every((record) => record.devAccuracy < devAccuracy)) best = model.copy();
    history.push(new Epoch(history.length + 1, losses, devAccuracy));
    options.onEpoch?.(history.at(-1)!);
  }
  return new TrainedModel(best, history);
}
