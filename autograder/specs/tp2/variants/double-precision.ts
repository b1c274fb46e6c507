// Everything in float64, whatever comes in; networks as lists of steps; measures of its own.
import { type Data, type Dataset, NdArray, type RandomGenerator, softmax } from "retroprop";
import {
  evaluateNetwork,
  Module,
  Parameter,
  record,
  Tensor,
  type TrainingOptions,
  type TrainingRecord,
  tapeOf,
} from "../../../../course/tp2/reference/index.js";

export { evaluateNetwork, Module, Parameter, record, Tensor, tapeOf };

const wide = (x: NdArray): NdArray => (x.dtype === "float64" ? x : x.astype("float64"));
const wideZeros = (...shape: number[]): NdArray =>
  new NdArray(new Float64Array(shape.reduce((size, length) => size * length, 1)), shape);
const each = (x: NdArray, f: (value: number, i: number) => number): NdArray =>
  new NdArray(Float64Array.from(x.data, f), x.shape);

export const anyRequireGrad = (...tensors: readonly Tensor[]): boolean =>
  tensors.filter(({ requireGrad }) => requireGrad).length > 0;

export const relu = (x: Tensor): Tensor =>
  record(
    "relu",
    each(x.data, (value) => (value > 0 ? value : 0)),
    [x],
    [(g) => each(g, (value, i) => (x.data.data[i]! > 0 ? value : 0))],
  );

export const tanh = (x: Tensor): Tensor =>
  record("tanh", each(x.data, Math.tanh), [x], [(g) => each(g, (value, i) => value / Math.cosh(x.data.data[i]!) ** 2)]);

const asRows = (x: NdArray): NdArray => (x.ndim === 1 ? x.reshape([1, x.size]) : x);

export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const rows = asRows(wide(x.data));
  const y = rows.matmul(wide(W.data).transpose()).add(wide(b.data));
  return record(
    "affine",
    x.data.ndim === 1 ? y.row(0) : y,
    [W, b, x],
    [
      (g) => asRows(wide(g)).transpose().matmul(rows),
      (g) => asRows(wide(g)).sum({ axis: 0 }),
      (g) => asRows(wide(g)).matmul(wide(W.data)).reshape(x.data.shape),
    ],
  );
}

export function nll(x: Tensor, gold: number): Tensor {
  const scores = wide(x.data);
  const highest = scores.max();
  const loss = Math.log(each(scores, (score) => Math.exp(score - highest)).sum()) + highest - scores.at(gold);
  const rule = (g: NdArray) => each(softmax(scores), (p, k) => Number(g.data[0]) * (p - Number(k === gold)));
  return record("nll", new NdArray(Float64Array.of(loss), []), [x], [rule]);
}

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  tensor.gradient = tensor.gradient === undefined ? each(g, (value) => value) : wide(tensor.gradient).add(wide(g));
}

export function backward(result: Tensor, g?: NdArray): void {
  const gradients = new Map<Tensor, NdArray>();
  gradients.set(
    result,
    each(result.data, (_, i) => g?.data[i] ?? 1),
  );
  for (const tensor of tapeOf(result).reverse()) {
    const gradient = gradients.get(tensor);
    if (gradient === undefined) continue;
    if (tensor.inputs.length > 0) tensor.zeroGrad();
    accumulateGradient(tensor, gradient);
    for (const [i, input] of tensor.inputs.entries()) {
      if (!input.requireGrad) continue;
      const more = wide(tensor.rules[i]!(gradient));
      gradients.set(input, gradients.get(input)?.add(more) ?? more);
    }
  }
}

const fill = (W: NdArray, next: () => number): void =>
  (W.data as Data).forEach((_, i, data) => void data.fill(next(), i, i + 1));

export const zeroInit = (W: NdArray): void => fill(W, () => 0);
export const glorotInit = (W: NdArray, random: RandomGenerator): void =>
  fill(W, () => (random.next() - 0.5) * Math.sqrt(24 / W.shape.reduce((a, b) => a + b)));
export const kaimingInit = (W: NdArray, random: RandomGenerator): void =>
  fill(W, () => (random.next() - 0.5) * Math.sqrt(24 / (W.size / W.shape[0]!)));

export class SGD {
  readonly step: () => void;
  readonly zeroGrad: () => void;

  constructor(parameters: readonly Parameter[], learningRate: number) {
    this.zeroGrad = () => {
      for (const parameter of parameters) parameter.zeroGrad();
    };
    this.step = () =>
      parameters.forEach(({ data, gradient }) => {
        gradient?.data.forEach((g, i) => {
          data.data[i]! -= g * learningRate;
        });
      });
  }
}

export class LinearNetwork extends Module {
  readonly W: Parameter;
  readonly b: Parameter;

  constructor(dimInput: number, dimOutput: number) {
    super();
    this.W = new Parameter(wideZeros(dimOutput, dimInput), "W");
    this.b = new Parameter(wideZeros(dimOutput), "b");
  }

  forward = (x: Tensor): Tensor => affine(this.W, this.b, x);
}

/** Which parameters a network has, and what it does with an example: one after the other. */
export class DeepNetwork extends Module {
  readonly all: Parameter[] = [];
  readonly steps: ((x: Tensor) => Tensor)[] = [];

  constructor(
    dimInput: number,
    dimOutput: number,
    hiddenDim: number,
    nLayers: number,
    { tanh: isTanh, random }: { readonly tanh?: boolean; readonly random: RandomGenerator },
  ) {
    super();
    const add = (dimIn: number, dimOut: number, init: typeof glorotInit) => {
      const [W, b] = [new Parameter(wideZeros(dimOut, dimIn), "W"), new Parameter(wideZeros(dimOut), "b")];
      init(W.data, random);
      this.all.unshift(b, W);
      this.steps.push((x) => affine(W, b, x));
    };
    let dimIn = dimInput;
    for (let layer = 1; layer <= nLayers; layer++) {
      add(dimIn, hiddenDim, isTanh ? glorotInit : kaimingInit);
      this.steps.push(isTanh ? tanh : relu);
      dimIn = hiddenDim;
    }
    add(dimIn, dimOutput, glorotInit);
  }

  forward(x: Tensor): Tensor {
    return this.steps.reduce((h, step) => step(h), x);
  }
}

/** Loss and whether the example is classified right. */
function look(
  network: Module,
  { inputs, labels }: Dataset,
  i: number,
): { readonly loss: Tensor; readonly right: boolean } {
  const logits = network.forward(new Tensor(inputs.row(i)));
  return { loss: nll(logits, labels[i]!), right: logits.data.argmax() === labels[i] };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export function trainingLoop(
  network: Module,
  optimizer: { zeroGrad(): void; step(): void },
  trainData: Dataset,
  devData: Dataset,
  { epochs, random, onEpoch }: TrainingOptions,
): TrainingRecord[] {
  return Array.from({ length: epochs }, (_, index) => {
    const visits = Array.from(random.permutation(trainData.labels.length), (i) => {
      optimizer.zeroGrad();
      const { loss, right } = look(network, trainData, i);
      backward(loss);
      optimizer.step();
      return { loss: loss.data.at(), right: Number(right) };
    });
    const seen = Array.from(devData.labels, (_, i) => look(network, devData, i));
    const record = {
      epoch: index + 1,
      trainLoss: meanOf(visits.map(({ loss }) => loss)),
      trainAccuracy: meanOf(visits.map(({ right }) => right)),
      devLoss: meanOf(seen.map(({ loss }) => loss.data.at())),
      devAccuracy: meanOf(seen.map(({ right }) => Number(right))),
    };
    onEpoch?.(record);
    return record;
  });
}
