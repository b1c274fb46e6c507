// As short as it gets: arrow functions, map and reduce. Gradients are always new arrays, backward keeps a list of what is
// still to be visited, networks hold their layers as modules, and a loss is added up in a list.
import {
  argmax,
  array,
  type Dataset,
  exp,
  type NdArray,
  type RandomGenerator,
  softmax,
  stack,
  sum,
  zeros,
  zerosLike,
} from "retroprop";
import { evaluateNetwork, Module, Parameter, record, Tensor, tapeOf } from "../../../../course/tp2/reference/index.js";

export { evaluateNetwork, Module, Parameter, record, Tensor, tapeOf };

export const anyRequireGrad = (...tensors: Tensor[]) => !tensors.every((tensor) => !tensor.requireGrad);

const mapped = (x: NdArray, f: (value: number) => number) => {
  const y = zerosLike(x);
  y.data.set(x.data.map(f));
  return y;
};

export const relu = (x: Tensor) =>
  record(
    "relu",
    mapped(x.data, (value) => (value < 0 ? 0 : value)),
    [x],
    [(g) => mapped(x.data, Math.sign).maximum(0).mul(g)],
  );

/** 1 − 2 / (e²ˣ + 1): infinite exponentials do no harm. */
export const tanh = (x: Tensor) => {
  const y = exp(x.data.mul(2)).add(1);
  const half = mapped(y, (value) => 1 / value);
  return record("tanh", half.mul(-2).add(1), [x], [(g) => half.mul(half.neg().add(1)).mul(g).mul(4)]);
};

/** A single example is a batch of one. */
export const affine = (W: Tensor, b: Tensor, x: Tensor) => {
  const rows = (one: NdArray) => (one.ndim === 1 ? one.reshape([1, one.size]) : one);
  const y = rows(x.data).matmul(W.data.transpose()).add(b.data);
  return record(
    "affine",
    x.data.ndim === 1 ? y.row(0) : y,
    [x, W, b],
    [
      (g) => rows(g).matmul(W.data).reshape(x.data.shape),
      (g) => rows(x.data).transpose().matmul(rows(g)).transpose(),
      (g) => sum(rows(g), { axis: 0 }),
    ],
  );
};

export const nll = (x: Tensor, gold: number) => {
  const shifted = x.data.sub(x.data.max());
  const loss = Math.log(exp(shifted).sum()) - shifted.at(gold);
  const hot = array(Array.from({ length: x.data.size }, (_, i) => Number(i === gold)));
  return record("nll", array(loss), [x], [(g) => softmax(x.data).sub(hot).mul(g.at())]);
};

export const accumulateGradient = (tensor: Tensor, g: NdArray) => {
  tensor.gradient = g.add(tensor.gradient ?? 0);
};

export const backward = (result: Tensor, g?: NdArray) => {
  const left = tapeOf(result);
  const received = new Map<Tensor, NdArray[]>([[result, [g ?? zerosLike(result.data).add(1)]]]);
  for (let tensor = left.pop(); tensor !== undefined; tensor = left.pop()) {
    const parts = received.get(tensor);
    if (parts === undefined) continue;
    const total = parts.reduce((one, other) => one.add(other));
    if (tensor.inputs.length > 0) tensor.gradient = total;
    else accumulateGradient(tensor, total);
    for (const [i, input] of tensor.inputs.entries()) {
      if (input.requireGrad) received.set(input, [...(received.get(input) ?? []), tensor.rules[i]!(total)]);
    }
  }
};

export const zeroInit = (W: NdArray) => void W.copy_(zerosLike(W));
const spread = (W: NdArray, random: RandomGenerator, fan: number) =>
  void W.copy_(random.uniform(W.shape, { low: -Math.sqrt(6 / fan), high: Math.sqrt(6 / fan) }));
export const glorotInit = (W: NdArray, random: RandomGenerator) => spread(W, random, W.shape[0]! + W.shape[1]!);
export const kaimingInit = (W: NdArray, random: RandomGenerator) => spread(W, random, W.shape[1]!);

export const SGD = class {
  #parameters: readonly Parameter[];
  #rate: number;
  constructor(parameters: readonly Parameter[], learningRate: number) {
    [this.#parameters, this.#rate] = [parameters, learningRate];
  }
  zeroGrad = () => {
    for (const parameter of this.#parameters) parameter.gradient = undefined;
  };
  step = () => {
    for (const { data, gradient } of this.#parameters) data.add_(gradient?.mul(-this.#rate) ?? 0);
  };
};

export class LinearNetwork extends Module {
  readonly b: Parameter;
  readonly W: Parameter;
  constructor(dimInput: number, dimOutput: number) {
    super();
    this.b = new Parameter(zeros([dimOutput]), "b");
    this.W = new Parameter(zeros([dimOutput, dimInput]), "W");
  }
  forward(x: Tensor) {
    return affine(this.W, this.b, x);
  }
}

export class DeepNetwork extends Module {
  readonly layers: readonly LinearNetwork[];
  readonly #activate: (x: Tensor) => Tensor;
  constructor(
    dimInput: number,
    dimOutput: number,
    hiddenDim: number,
    nLayers: number,
    options: { readonly tanh?: boolean; readonly random: RandomGenerator },
  ) {
    super();
    this.#activate = options.tanh ? tanh : relu;
    const sizes = [dimInput, ...Array.from({ length: nLayers }, () => hiddenDim), dimOutput];
    this.layers = sizes.slice(1).map((size, i) => new LinearNetwork(sizes[i]!, size));
    for (const [i, { W }] of this.layers.entries()) {
      (i === nLayers || options.tanh ? glorotInit : kaimingInit)(W.data, options.random);
    }
  }
  forward(x: Tensor) {
    return this.layers.reduce((h, layer, i) => layer.forward(i === 0 ? h : this.#activate(h)), x);
  }
}

interface Options {
  readonly epochs: number;
  readonly random: RandomGenerator;
  readonly onEpoch?: (record: object) => void;
}

export const trainingLoop = (
  network: Module,
  optimizer: { zeroGrad(): void; step(): void },
  train: Dataset,
  dev: Dataset,
  { epochs, random, onEpoch }: Options,
) =>
  Array.from({ length: epochs }, (_, i) => {
    const seen = [...random.permutation(train.labels.length)].map((place) => {
      optimizer.zeroGrad();
      const scores = network.forward(new Tensor(stack([train.inputs.row(place)]).row(0)));
      const loss = nll(scores, train.labels[place]!);
      backward(loss);
      optimizer.step();
      return [loss.data.at(), Number(argmax(scores.data) === train.labels[place])] as const;
    });
    const mean = (column: 0 | 1) => seen.reduce((total, one) => total + one[column], 0) / seen.length;
    const { loss: devLoss, accuracy: devAccuracy } = evaluateNetwork(network, dev);
    const line = { epoch: i + 1, trainLoss: mean(0), trainAccuracy: mean(1), devLoss, devAccuracy };
    onEpoch?.(line);
    return line;
  });
