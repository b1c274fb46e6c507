// Une classe pour tout ce qui se répète : les lois de tirage, les couches, les moyennes. Les formules de NdArray ailleurs.
// Les commentaires sont ceux qu'un étudiant écrit.
import {
  argmax,
  array,
  backwardNll,
  type Dataset,
  map,
  type NdArray,
  nll as nllOfScores,
  ones,
  outer,
  type RandomGenerator,
  stack,
  zeros,
} from "retroprop";
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

export const anyRequireGrad = (...tensors: readonly Tensor[]): boolean =>
  tensors.map((tensor) => tensor.requireGrad).includes(true);

/** Une fonction élément par élément et sa dérivée, écrite avec le résultat. */
class Elementwise {
  readonly name: string;
  readonly value: (x: NdArray) => NdArray;
  readonly derivative: (y: NdArray) => NdArray;

  constructor(name: string, value: (x: NdArray) => NdArray, derivative: (y: NdArray) => NdArray) {
    this.name = name;
    this.value = value;
    this.derivative = derivative;
  }

  apply(x: Tensor): Tensor {
    const y = this.value(x.data);
    return record(this.name, y, [x], [(g) => this.derivative(y).mul(g)]);
  }
}

// (|x| + x) / 2 = max(x, 0) ; le signe du résultat vaut 1 ou 0
const rectified = new Elementwise(
  "relu",
  (x) => x.add(map(x, Math.abs)).mul(0.5),
  (y) => map(y, Math.sign),
);
const hyperbolic = new Elementwise(
  "tanh",
  // 2 σ(2x) - 1, où l'exponentielle ne reçoit jamais rien de positif
  (x) => map(x, (v) => Math.sign(v) * (2 / (1 + Math.exp(-2 * Math.abs(v))) - 1)),
  (y) => y.mul(y).sub(1).neg(),
);

export const relu = (x: Tensor): Tensor => rectified.apply(x);
export const tanh = (x: Tensor): Tensor => hyperbolic.apply(x);

/** Les lignes d'un lot ; un exemple seul n'en a qu'une. */
class Batch {
  readonly rows: readonly NdArray[];
  readonly isSingle: boolean;

  constructor(x: NdArray) {
    this.isSingle = x.ndim === 1;
    this.rows = this.isSingle ? [x] : Array.from({ length: x.shape[0]! }, (_, i) => x.row(i));
  }

  each(f: (row: NdArray) => NdArray): NdArray {
    return this.isSingle ? f(this.rows[0]!) : stack(this.rows.map(f));
  }

  total(f: (row: NdArray, i: number) => NdArray): NdArray {
    return this.rows.map(f).reduce((a, b) => a.add(b));
  }
}

export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const batch = new Batch(x.data);
  return record(
    "affine",
    batch.each((row) => W.data.matmul(row).add(b.data)),
    [x, b, W], // l'ordre des règles suit celui des entrées
    [
      (g) => new Batch(g).each((row) => W.data.transpose().matmul(row)),
      (g) => new Batch(g).total((row) => row),
      (g) => new Batch(g).total((row, i) => outer(row, batch.rows[i]!)),
    ],
  );
}

export function nll(x: Tensor, gold: number): Tensor {
  return record("nll", array(nllOfScores(x.data, gold)), [x], [(g) => backwardNll(x.data, gold, g.at())]);
}

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  tensor.gradient ??= zeros(g.shape);
  tensor.gradient.add_(g);
}

/** Combien de fois chaque tenseur doit encore recevoir avant de pouvoir transmettre. */
class Waiting {
  readonly #counts = new Map<Tensor, number>();

  constructor(tensors: readonly Tensor[]) {
    for (const input of tensors.flatMap(({ inputs }) => [...inputs])) this.#add(input, 1);
  }

  /** Vrai quand plus personne ne lui enverra rien. */
  isDone(tensor: Tensor): boolean {
    this.#add(tensor, -1);
    return this.#counts.get(tensor) === 0;
  }

  #add(tensor: Tensor, more: number): void {
    this.#counts.set(tensor, (this.#counts.get(tensor) ?? 0) + more);
  }
}

export function backward(result: Tensor, g: NdArray = ones(result.data.shape)): void {
  const tensors = tapeOf(result);
  for (const tensor of tensors) if (tensor.operation !== undefined) tensor.zeroGrad();
  accumulateGradient(result, g);
  const waiting = new Waiting(tensors);
  const ready = [result];
  for (const tensor of ready) {
    tensor.inputs.forEach((input, i) => {
      if (input.requireGrad && tensor.gradient) accumulateGradient(input, tensor.rules[i]!(tensor.gradient));
      if (waiting.isDone(input)) ready.push(input);
    });
  }
}

/** La loi uniforme sur [-c, c], dont la variance est c²/3. */
class Uniform {
  readonly #bound: number;

  constructor(variance: number) {
    this.#bound = Math.sqrt(3 * variance);
  }

  fill(W: NdArray, random: RandomGenerator): void {
    W.copy_(random.uniform(W.shape).mul(2).sub(1).mul(this.#bound)); // de [0, 1] à [-c, c]
  }
}

export function zeroInit(W: NdArray): void {
  W.copy_(zeros(W.shape));
}

export function glorotInit(W: NdArray, random: RandomGenerator): void {
  new Uniform(2 / (W.shape[0]! + W.shape[1]!)).fill(W, random);
}

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  new Uniform(2 / W.shape[1]!).fill(W, random);
}

/** Ce que tout optimiseur sait faire ; la règle de mise à jour est dans la classe fille. */
abstract class Optimizer {
  readonly parameters: readonly Parameter[];

  constructor(parameters: readonly Parameter[]) {
    this.parameters = parameters;
  }

  abstract update(data: NdArray, gradient: NdArray): void;

  zeroGrad(): void {
    for (const parameter of this.parameters) parameter.zeroGrad();
  }

  step(): void {
    for (const { data, gradient } of this.parameters) if (gradient) this.update(data, gradient);
  }
}

export class SGD extends Optimizer {
  learningRate: number;

  constructor(parameters: readonly Parameter[], learningRate: number) {
    super(parameters);
    this.learningRate = learningRate;
  }

  override update(data: NdArray, gradient: NdArray): void {
    data.sub_(gradient.mul(this.learningRate));
  }
}

export class LinearNetwork extends Module {
  readonly W: Parameter;
  readonly b: Parameter;

  constructor(dimInput: number, dimOutput: number) {
    super();
    const [W, b] = [zeros([dimOutput, dimInput]), zeros([dimOutput])];
    for (const one of [W, b]) zeroInit(one);
    this.W = new Parameter(W, "W");
    this.b = new Parameter(b, "b");
  }

  forward(x: Tensor): Tensor {
    return affine(this.W, this.b, x);
  }
}

/** Une couche cachée suivie du reste du réseau : un réseau plus court d'une couche. */
export class DeepNetwork extends LinearNetwork {
  readonly next: DeepNetwork | undefined;
  readonly #activation: (x: Tensor) => Tensor;

  constructor(
    dimInput: number,
    dimOutput: number,
    hiddenDim: number,
    nLayers: number,
    options: { readonly tanh?: boolean; readonly random: RandomGenerator },
  ) {
    const isLast = nLayers === 0;
    super(dimInput, isLast ? dimOutput : hiddenDim);
    const init = isLast || options.tanh ? glorotInit : kaimingInit;
    init(this.W.data, options.random);
    this.#activation = options.tanh ? tanh : relu;
    this.next = isLast ? undefined : new DeepNetwork(hiddenDim, dimOutput, hiddenDim, nLayers - 1, options);
  }

  override forward(x: Tensor): Tensor {
    const scores = super.forward(x);
    return this.next === undefined ? scores : this.next.forward(this.#activation(scores));
  }
}

/** Une moyenne tenue à jour. */
class Mean {
  #sum = 0;
  #count = 0;

  add(value: number): void {
    this.#sum += value;
    this.#count++;
  }

  get value(): number {
    return this.#sum / this.#count;
  }
}

class Trainer {
  readonly #network: Module;
  readonly #optimizer: { zeroGrad(): void; step(): void };

  constructor(network: Module, optimizer: { zeroGrad(): void; step(): void }) {
    this.#network = network;
    this.#optimizer = optimizer;
  }

  /** Perte moyenne et exactitude d'une époque, chaque exemple juste avant son pas. */
  epoch({ inputs, labels }: Dataset, order: Iterable<number>): { loss: number; accuracy: number } {
    const [loss, accuracy] = [new Mean(), new Mean()];
    for (const i of order) {
      const scores = this.#network.forward(new Tensor(inputs.row(i)));
      const one = nll(scores, labels[i]!);
      loss.add(one.data.at());
      accuracy.add(argmax(scores.data) === labels[i] ? 1 : 0);
      backward(one);
      this.#optimizer.step();
      this.#optimizer.zeroGrad();
    }
    return { loss: loss.value, accuracy: accuracy.value };
  }
}

export function trainingLoop(
  network: Module,
  optimizer: { zeroGrad(): void; step(): void },
  trainData: Dataset,
  devData: Dataset,
  { epochs, random, onEpoch }: TrainingOptions,
): TrainingRecord[] {
  const trainer = new Trainer(network, optimizer);
  const history: TrainingRecord[] = [];
  optimizer.zeroGrad(); // au cas où il resterait quelque chose d'avant
  for (const index of new Array(epochs).keys()) {
    const train = trainer.epoch(trainData, random.permutation(trainData.labels.length));
    const dev = evaluateNetwork(network, devData);
    const line = { epoch: index + 1, trainLoss: train.loss, trainAccuracy: train.accuracy };
    history.push({ ...line, devLoss: dev.loss, devAccuracy: dev.accuracy });
    onEpoch?.(history[index]!);
  }
  return history;
}
