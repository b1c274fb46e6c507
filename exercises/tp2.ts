// TP2. Graphe de calcul et réseaux profonds : les exercices, pour qui préfère son éditeur au notebook.
// Complétez chaque fonction, dans l’ordre ; l’énoncé est dans notebooks/tp2.ipynb.
// Répondez aux questions dans ce notebook, ou à la fin de ce fichier, en commentaire : « Question 1 : … ».
// Exécuter, types vérifiés : npx ts-node exercises/tp2.ts
// Fichier engendré par `retroprop build` depuis course/tp2/lesson.fr.md et le code qu’il cite : une correction se fait là.

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
  throw new Error("À compléter : anyRequireGrad");
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
  throw new Error("À compléter : relu");
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
  throw new Error("À compléter : tanh");
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
  throw new Error("À compléter : affine");
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
  throw new Error("À compléter : nll");
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
  throw new Error("À compléter : accumulateGradient");
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
  throw new Error("À compléter : backward");
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
  throw new Error("À compléter : zeroInit");
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
  throw new Error("À compléter : glorotInit");
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
  throw new Error("À compléter : kaimingInit");
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
    throw new Error("À compléter : SGD.zeroGrad");
  }

  /** One step of descent on every parameter. */
  step(): void {
    throw new Error("À compléter : SGD.step");
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
    throw new Error("À compléter : LinearNetwork");
  }

  forward(x: Tensor): Tensor {
    throw new Error("À compléter : LinearNetwork");
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
  throw new Error("À compléter : trainingLoop");
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
    throw new Error("À compléter : DeepNetwork");
  }

  forward(x: Tensor): Tensor {
    throw new Error("À compléter : DeepNetwork");
  }
}

/** Une petite démonstration : npx ts-node exercises/tp2.ts */
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
