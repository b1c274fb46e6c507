// Layers as modules inside the network, plain loops over `data` everywhere, a graph visited depth first from a stack.
import { argmax, type Dataset, NdArray, type RandomGenerator, zeros } from "retroprop";
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

export function anyRequireGrad(...tensors: readonly Tensor[]): boolean {
  let found = false;
  for (const tensor of tensors) if (tensor.requireGrad) found = true;
  return found;
}

export function relu(x: Tensor): Tensor {
  const y = zeros(x.data.shape);
  for (let i = 0; i < y.size; i++) if (x.data.data[i]! > 0) y.data[i] = x.data.data[i]!;
  const rule = (g: NdArray) => {
    const gx = zeros(x.data.shape);
    for (let i = 0; i < gx.size; i++) gx.data[i] = x.data.data[i]! > 0 ? g.data[i]! : 0;
    return gx;
  };
  return record("relu", y, [x], [rule]);
}

export function tanh(x: Tensor): Tensor {
  const y = zeros(x.data.shape);
  for (let i = 0; i < y.size; i++) y.data[i] = Math.tanh(x.data.data[i]!);
  const rule = (g: NdArray) => {
    const gx = zeros(x.data.shape);
    for (let i = 0; i < gx.size; i++) gx.data[i] = g.data[i]! * (1 - y.data[i]! * y.data[i]!);
    return gx;
  };
  return record("tanh", y, [x], [rule]);
}

export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const [rows, columns] = W.data.shape as [number, number];
  const isBatch = x.data.ndim === 2;
  const n = isBatch ? x.data.shape[0]! : 1;
  const y = zeros(isBatch ? [n, rows] : [rows]);
  /** Calls `visit` with the places of y, W and x that belong together. */
  const eachProduct = (visit: (out: number, weight: number, input: number) => void) => {
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < rows; k++) {
        for (let j = 0; j < columns; j++) visit(i * rows + k, k * columns + j, i * columns + j);
      }
    }
  };
  for (let i = 0; i < y.size; i++) y.data[i] = b.data.data[i % rows]!;
  eachProduct((out, weight, input) => {
    y.data[out]! += W.data.data[weight]! * x.data.data[input]!;
  });
  const ofW = (g: NdArray) => {
    const gW = zeros([rows, columns]);
    eachProduct((out, weight, input) => {
      gW.data[weight]! += g.data[out]! * x.data.data[input]!;
    });
    return gW;
  };
  const ofB = (g: NdArray) => {
    const gb = zeros([rows]);
    for (let i = 0; i < g.size; i++) gb.data[i % rows]! += g.data[i]!;
    return gb;
  };
  const ofX = (g: NdArray) => {
    const gx = zeros(x.data.shape);
    eachProduct((out, weight, input) => {
      gx.data[input]! += g.data[out]! * W.data.data[weight]!;
    });
    return gx;
  };
  return record("affine", y, [W, b, x], [ofW, ofB, ofX]);
}

export function nll(x: Tensor, gold: number): Tensor {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of x.data.data) highest = Math.max(highest, score);
  let total = 0;
  for (const score of x.data.data) total += Math.exp(score - highest);
  const loss = highest + Math.log(total) - x.data.data[gold]!;
  const rule = (g: NdArray) => {
    const gx = zeros(x.data.shape);
    for (let k = 0; k < gx.size; k++) {
      gx.data[k] = g.data[0]! * (Math.exp(x.data.data[k]! - highest) / total - (k === gold ? 1 : 0));
    }
    return gx;
  };
  return record("nll", new NdArray(Float32Array.of(loss), []), [x], [rule]);
}

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  const sum = zeros(tensor.data.shape);
  for (let i = 0; i < sum.size; i++) sum.data[i] = (tensor.gradient?.data[i] ?? 0) + g.data[i]!;
  tensor.gradient = sum;
}

/** What computes a tensor comes before it: each is put down when all its inputs have been. */
function inOrder(result: Tensor): Tensor[] {
  const [order, seen, stack] = [[] as Tensor[], new Set<Tensor>(), [{ tensor: result, next: 0 }]];
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    const input = top.tensor.inputs[top.next++];
    if (input === undefined) order.push(stack.pop()!.tensor);
    else if (!seen.has(input)) {
      seen.add(input);
      stack.push({ tensor: input, next: 0 });
    }
  }
  return order;
}

export function backward(result: Tensor, g?: NdArray): void {
  const order = inOrder(result);
  for (const tensor of order) if (tensor.rules.length > 0) tensor.gradient = undefined;
  const start = zeros(result.data.shape);
  for (let i = 0; i < start.size; i++) start.data[i] = g === undefined ? 1 : g.data[i]!;
  accumulateGradient(result, start);
  for (let i = order.length - 1; i >= 0; i--) {
    const { inputs, rules, gradient } = order[i]!;
    for (let k = 0; k < inputs.length; k++) {
      if (inputs[k]!.requireGrad) accumulateGradient(inputs[k]!, rules[k]!(gradient!));
    }
  }
}

export function zeroInit(W: NdArray): void {
  for (let i = 0; i < W.size; i++) W.data[i] = 0;
}

function fillUniform(W: NdArray, bound: number, random: RandomGenerator): void {
  for (let i = 0; i < W.size; i++) W.data[i] = bound * (2 * random.next() - 1);
}

export function glorotInit(W: NdArray, random: RandomGenerator): void {
  fillUniform(W, Math.sqrt(6) / Math.sqrt(W.shape[0]! + W.shape[1]!), random);
}

export function kaimingInit(W: NdArray, random: RandomGenerator): NdArray {
  fillUniform(W, Math.sqrt(3) * Math.sqrt(2 / W.shape[1]!), random);
  return W;
}

export class SGD {
  readonly weights: readonly Parameter[];
  readonly epsilon: number;

  constructor(weights: readonly Parameter[], epsilon: number) {
    this.weights = [...weights];
    this.epsilon = epsilon;
  }

  zeroGrad(): void {
    for (const { gradient } of this.weights) gradient?.fill_(0);
  }

  step(): void {
    for (const { data, gradient } of this.weights) {
      if (gradient === undefined) continue;
      for (let i = 0; i < data.size; i++) data.data[i]! -= this.epsilon * gradient.data[i]!;
    }
  }
}

export class LinearNetwork extends Module {
  readonly b: Parameter;
  readonly W: Parameter;

  constructor(dimInput: number, dimOutput: number) {
    super();
    this.b = new Parameter(zeros([dimOutput]), "bias");
    this.W = new Parameter(zeros([dimOutput, dimInput]), "weights");
  }

  forward(x: Tensor): Tensor {
    return affine(this.W, this.b, x);
  }
}

class Activation extends Module {
  readonly below: LinearNetwork;
  readonly isTanh: boolean;

  constructor(below: LinearNetwork, isTanh: boolean) {
    super();
    this.below = below;
    this.isTanh = isTanh;
  }

  forward(x: Tensor): Tensor {
    const scores = this.below.forward(x);
    return this.isTanh ? tanh(scores) : relu(scores);
  }
}

export class DeepNetwork extends Module {
  readonly layers: Module[] = [];

  constructor(
    dimInput: number,
    dimOutput: number,
    hiddenDim: number,
    nLayers: number,
    options: { readonly tanh?: boolean; readonly random: RandomGenerator },
  ) {
    super();
    let width = dimInput;
    while (this.layers.length < nLayers) {
      const layer = new LinearNetwork(width, hiddenDim);
      (options.tanh ? glorotInit : kaimingInit)(layer.W.data, options.random);
      this.layers.push(new Activation(layer, options.tanh ?? false));
      width = hiddenDim;
    }
    const last = new LinearNetwork(width, dimOutput);
    glorotInit(last.W.data, options.random);
    this.layers.push(last);
  }

  forward(x: Tensor): Tensor {
    let h = x;
    for (const layer of this.layers) h = layer.forward(h);
    return h;
  }
}

export function trainingLoop(
  network: Module,
  optimizer: SGD,
  trainData: Dataset,
  devData: Dataset,
  options: TrainingOptions,
): TrainingRecord[] {
  const history: TrainingRecord[] = [];
  const size = trainData.labels.length;
  const order = Array.from({ length: size }, (_, i) => i);
  while (history.length < options.epochs) {
    for (let last = size - 1; last > 0; last--) {
      const other = options.random.integer(last + 1);
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    let [loss, right] = [0, 0];
    for (const i of order) {
      const logits = network.forward(new Tensor(trainData.inputs.row(i)));
      right += Number(argmax(logits.data) === trainData.labels[i]);
      const one = nll(logits, trainData.labels[i]!);
      loss += one.data.data[0]! / size;
      backward(one);
      optimizer.step();
      for (const parameter of network.parameters()) parameter.zeroGrad();
    }
    const dev = evaluateNetwork(network, devData);
    history.push({
      epoch: history.length + 1,
      trainLoss: loss,
      trainAccuracy: right / size,
      devLoss: dev.loss,
      devAccuracy: dev.accuracy,
    });
    if (options.onEpoch !== undefined) options.onEpoch(history[history.length - 1]!);
  }
  return history;
}
