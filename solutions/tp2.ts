// TP2. Graphe de calcul et réseaux profonds : les solutions. À ne pas distribuer.
// Exécuter, types vérifiés : npx ts-node solutions/tp2.ts
// Fichier engendré par `retroprop build` depuis course/tp2/lesson.fr.md et le code qu’il cite : ne le corrigez que là.

import {
  affineTransform,
  argmax,
  array,
  backwardNll,
  type Dataset,
  full,
  map,
  maximum,
  NdArray,
  nll as ndNll,
  outer,
  RandomGenerator,
  sum,
  tanh as ndTanh,
  zeros,
} from "retroprop";

// Donné
/** Gradient of the loss with respect to one input of an operation, from `g`, its gradient with respect to the result. */
export type BackwardRule = (g: NdArray) => NdArray;

// Donné
/** An array that remembers how it was computed. A leaf (an input, a parameter) has no inputs. */
export class Tensor {
  static #created = 0;
  /** Tensors are numbered as they are created: what computes a tensor always has a smaller number. */
  readonly number: number = Tensor.#created++;
  readonly data: NdArray;
  readonly requireGrad: boolean;
  /** Sum of the gradients received so far; undefined before the first. */
  gradient: NdArray | undefined = undefined;
  operation: string | undefined = undefined;
  inputs: readonly Tensor[] = [];
  /** One rule for each input. */
  rules: readonly BackwardRule[] = [];

  constructor(data: NdArray | number, { requireGrad = false }: { readonly requireGrad?: boolean } = {}) {
    this.data = data instanceof NdArray ? data : array(data);
    this.requireGrad = requireGrad;
  }

  /** Forgets the gradient. */
  zeroGrad(): void {
    this.gradient = undefined;
  }
}

// Exercice : Qui a besoin d’un gradient (1 point)
/**
 * Whether one of the tensors requires a gradient: then so does what is computed from them.
 *
 * @python any_require_grad
 */
export function anyRequireGrad(...tensors: readonly Tensor[]): boolean {
  return tensors.some((tensor) => tensor.requireGrad);
}

// Donné
/** The result of an operation. It remembers its inputs and its rules only if a gradient may be asked for. */
export function record(
  operation: string,
  data: NdArray,
  inputs: readonly Tensor[],
  rules: readonly BackwardRule[],
): Tensor {
  const result = new Tensor(data, { requireGrad: anyRequireGrad(...inputs) });
  if (result.requireGrad) Object.assign(result, { operation, inputs, rules });
  return result;
}

// Exercice : ReLU (1 point)
/**
 * Rectified linear unit `max(x, 0)`, element by element; its derivative at 0 is 0.
 *
 * @param x any shape
 * @returns the shape of x
 * @python relu
 */
export function relu(x: Tensor): Tensor {
  return record("relu", maximum(x.data, 0), [x], [(g) => g.mul(map(x.data, (value) => (value > 0 ? 1 : 0)))]);
}

// Exercice : La tangente hyperbolique (1 point)
/**
 * Hyperbolic tangent, element by element; its derivative is `1 − tanh² x`.
 *
 * @param x any shape
 * @returns the shape of x
 * @python tanh
 */
export function tanh(x: Tensor): Tensor {
  const y = ndTanh(x.data);
  return record("tanh", y, [x], [(g) => g.mul(y.mul(y).neg().add(1))]);
}

// Exercice : La transformation affine et ses trois règles (3 points)
/**
 * Affine transform `W x + b`, with a rule for W, one for b and one for x.
 *
 * @param W weights `[out, in]`
 * @param b bias `[out]`
 * @param x one example `[in]`, or a batch `[n, in]`
 * @returns scores `[out]`, or `[n, out]`
 * @python affine_transform
 */
export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const y = affineTransform(W.data, b.data, x.data);
  const isExample = x.data.ndim === 1;
  return record(
    "affine",
    y,
    [W, b, x],
    [
      (g) => (isExample ? outer(g, x.data) : g.transpose().matmul(x.data)),
      (g) => (isExample ? g : sum(g, { axis: 0 })),
      (g) => g.matmul(W.data),
    ],
  );
}

// Exercice : La perte comme tenseur (1 point)
/**
 * Negative log-likelihood of the right class, as a tensor without dimension.
 *
 * @param x logits `[k]`
 * @param gold index of the right class
 * @returns the loss `[]`
 * @python nll
 */
export function nll(x: Tensor, gold: number): Tensor {
  return record("nll", array(ndNll(x.data, gold)), [x], [(g) => backwardNll(x.data, gold, g.at())]);
}

// Exercice : Accumuler un gradient (1 point)
/**
 * Adds `g` to the gradient of a tensor. `g` itself is neither kept nor changed.
 *
 * @param tensor what receives the gradient
 * @param g of the shape of the tensor
 * @python Tensor.accumulate_gradient
 */
export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  if (tensor.gradient === undefined) tensor.gradient = g.clone();
  else tensor.gradient.add_(g);
}

// Donné
/** The tape: `result` and all that led to it, in the order of their creation. */
export function tapeOf(result: Tensor): Tensor[] {
  const found = new Set([result]);
  for (const tensor of found) for (const input of tensor.inputs) found.add(input); // the loop goes on to what it adds
  return [...found].sort((a, b) => a.number - b.number);
}

// Exercice : Remonter le graphe (3 points)
/**
 * Walks the tape from `result` back to the leaves: each tensor, once its gradient is complete, gives its inputs theirs.
 * Gradients of leaves add up from one call to the next; those of computed tensors are of the last call, and stay.
 *
 * @param result usually the loss
 * @param g gradient with respect to the result, of its shape: 1 everywhere when nothing follows
 * @python Tensor.backward
 */
export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1, { dtype: result.data.dtype })): void {
  const tape = tapeOf(result);
  for (const tensor of tape) if (tensor.inputs.length > 0) tensor.zeroGrad();
  accumulateGradient(result, g);
  for (const { inputs, rules, gradient } of tape.reverse()) {
    inputs.forEach((input, i) => {
      if (input.requireGrad && gradient !== undefined) accumulateGradient(input, rules[i]!(gradient));
    });
  }
}

// Donné
/** A tensor that is learnt: it requires a gradient, and its `data` is updated in place. */
export class Parameter extends Tensor {
  readonly name: string;

  constructor(data: NdArray, name: string) {
    super(data, { requireGrad: true });
    this.name = name;
  }
}

// Donné
/** A network or a part of one: parameters and modules in its fields, or in lists in its fields. */
export abstract class Module {
  abstract forward(x: Tensor): Tensor;

  /** The parameters in the order of the fields, each once. */
  parameters(): Parameter[] {
    const found = new Set<Parameter>();
    for (const value of Object.values(this).flat() as unknown[]) {
      if (value instanceof Parameter) found.add(value);
      if (value instanceof Module) for (const parameter of value.parameters()) found.add(parameter);
    }
    return [...found];
  }
}

// Exercice : Partir de zéro (0,5 point)
/**
 * Zero everywhere, in place.
 *
 * @param W any shape, filled
 * @python zero_init
 */
export function zeroInit(W: NdArray): void {
  W.fill_(0);
}

// Exercice : L’initialisation de Glorot (1,25 point)
/**
 * Glorot's initialisation, in place: uniform in `[−c, c)` with `c = √(6 / (in + out))`.
 *
 * @param W weights `[out, in]`, filled
 * @param random draws them
 * @python glorot_init
 */
export function glorotInit(W: NdArray, random: RandomGenerator): void {
  const [dimOut, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / (dimIn + dimOut));
  W.copy_(random.uniform(W.shape, { low: -bound, high: bound }));
}

// Exercice : L’initialisation de Kaiming (1,25 point)
/**
 * Kaiming's initialisation, in place: uniform in `[−c, c)` with `c = √(6 / in)`.
 *
 * @param W weights `[out, in]`, filled
 * @param random draws them
 * @python kaiming_init
 */
export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  const [, dimIn] = W.shape as [number, number];
  const bound = Math.sqrt(6 / dimIn);
  W.copy_(random.uniform(W.shape, { low: -bound, high: bound }));
}

// Exercice : La descente de gradient stochastique (1 point)
/** Updates parameters in place: `p −= ε · gradient`. Those without a gradient stay as they are. */
export class SGD {
  readonly parameters: readonly Parameter[];
  learningRate: number;

  constructor(parameters: readonly Parameter[], learningRate: number) {
    this.parameters = parameters;
    this.learningRate = learningRate;
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters) parameter.zeroGrad();
  }

  /** One step of descent on every parameter. */
  step(): void {
    for (const { data, gradient } of this.parameters) {
      if (gradient !== undefined) data.addScaled_(gradient, -this.learningRate);
    }
  }
}

// Exercice : Le classifieur du TP1 en module (1 point)
/**
 * TP1's classifier as a module: `W x + b`, with W and b zero at first.
 *
 * @python LinearNetwork
 */
export class LinearNetwork extends Module {
  readonly W: Parameter;
  readonly b: Parameter;

  constructor(dimInput: number, dimOutput: number) {
    super();
    this.W = new Parameter(zeros([dimOutput, dimInput]), "W");
    this.b = new Parameter(zeros([dimOutput]), "b");
    zeroInit(this.W.data);
    zeroInit(this.b.data);
  }

  forward(x: Tensor): Tensor {
    return affine(this.W, this.b, x);
  }
}

// Donné
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

// Donné
export interface TrainingOptions {
  /** How many times every training example is seen. */
  readonly epochs: number;
  /** Shuffles the examples, anew at each epoch. */
  readonly random: RandomGenerator;
  /** Called at the end of each epoch, with its record. */
  readonly onEpoch?: (record: TrainingRecord) => void;
}

// Donné
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

// Exercice : La boucle d’entraînement (2 points)
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

// Exercice : Le réseau profond (2 points)
/**
 * `nLayers` hidden layers of `hiddenDim` neurons, each an affine transform and an activation, then a last affine
 * transform without activation; `nLayers` may be 0. Weights: Glorot before tanh and at the end, Kaiming before relu;
 * biases are zero.
 *
 * @python DeepNetwork
 */
export class DeepNetwork extends Module {
  readonly W: Parameter[] = [];
  readonly b: Parameter[] = [];
  readonly outputW: Parameter;
  readonly outputB: Parameter;
  readonly activation: (x: Tensor) => Tensor;

  constructor(
    dimInput: number,
    dimOutput: number,
    hiddenDim: number,
    nLayers: number,
    { tanh: isTanh = false, random }: { readonly tanh?: boolean; readonly random: RandomGenerator },
  ) {
    super();
    this.activation = isTanh ? tanh : relu;
    for (let layer = 0; layer < nLayers; layer++) {
      const W = zeros([hiddenDim, layer === 0 ? dimInput : hiddenDim]);
      if (isTanh) glorotInit(W, random);
      else kaimingInit(W, random);
      this.W.push(new Parameter(W, `W${layer}`));
      this.b.push(new Parameter(zeros([hiddenDim]), `b${layer}`));
    }
    const W = zeros([dimOutput, nLayers === 0 ? dimInput : hiddenDim]);
    glorotInit(W, random);
    this.outputW = new Parameter(W, "outputW");
    this.outputB = new Parameter(zeros([dimOutput]), "outputB");
  }

  forward(x: Tensor): Tensor {
    let h = x;
    this.W.forEach((W, layer) => {
      h = this.activation(affine(W, this.b[layer]!, h));
    });
    return affine(this.outputW, this.outputB, h);
  }
}

/** Une petite démonstration : npx ts-node solutions/tp2.ts */
function demonstration(): void {
  const net = new DeepNetwork(4, 3, 5, 1, { tanh: true, random: new RandomGenerator(0) });
  const sgd = new SGD(net.parameters(), 0.1);
  const x = new Tensor(array([0.1, 0.2, 0.3, 0.4]));
  for (let step = 1; step <= 5; step++) {
    sgd.zeroGrad();
    const loss = nll(net.forward(x), 2);
    backward(loss);
    sgd.step();
    console.log(`perte au pas ${step} :`, loss.data.at().toFixed(4));
  }
  for (const { name, gradient } of net.parameters()) console.log(`gradient de ${name} :`, gradient);
}

if (require.main === module) demonstration();
