// Ours, through the public API. Usage: retroprop.js VARIANT TASK_JSON FOLDER, where VARIANT is one of `variants`.
import * as library from "retroprop";
import {
  Adam,
  type Dataset,
  DeepNetwork,
  flattenInputs,
  LinearNetwork,
  type Module,
  mnist,
  type NdArray,
  noGrad,
  type Optimizer,
  ops,
  Parameter,
  RandomGenerator,
  SGD,
  sgdStep,
  splitExamples,
  Tensor,
  takeExamples,
  trainingLoop,
  zeros,
} from "retroprop";
import { type Runner, serve, Unable } from "./serve.js";
import { type ChainTask, examples, type ProductTask, type TrainData, type TrainTask } from "./task.js";

/** Trains on some batches from example `start` on, and returns their mean loss. */
type Visit = (start: number, batches: number) => number;

/** What stands in the way of the data: who goes over it, after which setting. */
interface Variant {
  readonly set?: () => unknown;
  readonly visitor: (task: TrainTask, data: TrainData) => Visit;
}

const variants: Readonly<Record<string, Variant>> = {
  "training-loop": { visitor: trainingLoopVisitor },
  "student-loop": { visitor: studentLoopVisitor },
  "sgd-step": { visitor: sgdStepVisitor },
  reference: { set: () => setting("setBackend")("reference"), visitor: trainingLoopVisitor },
  workers: { set: () => setting("setWorkers")(2), visitor: trainingLoopVisitor },
};

const [variant] = process.argv.splice(2, 1).map((name) => variants[name]!);
/** A setting that a library without fast kernels does not have. */
function setting(name: "setBackend" | "setWorkers"): (value: unknown) => unknown {
  const set = (library as Readonly<Record<string, unknown>>)[name];
  if (typeof set === "function") return (value) => set(value);
  throw new Unable(`this version of the library has no ${name}`);
}

async function train(task: TrainTask, data: TrainData): Promise<Runner> {
  await variant!.set?.();
  if (task.epochs !== undefined) return wholeTraining(task, task.epochs);
  const visit = variant!.visitor(task, data);
  const { batchSize } = task;
  let next = 0;
  const go = (batches: number) => {
    const loss = visit(next, batches);
    next = (next + batches * batchSize) % examples;
    return loss;
  };
  return {
    losses: (steps) => Array.from({ length: steps }, () => go(1)),
    run: (steps) => {
      for (let left = steps; left > 0; ) {
        const batches = Math.min(left, (examples - next) / batchSize);
        go(batches);
        left -= batches;
      }
    },
    perStep: batchSize,
  };
}

/** The loop of the library; one example is enough of a development set. */
function trainingLoopVisitor(task: TrainTask, data: TrainData): Visit {
  const { network, optimizer } = startOf(task, data);
  const dataset = datasetOf(data);
  const devData = takeExamples(dataset, 1);
  const { batchSize } = task;
  const options = { epochs: 1, batchSize, random: new InOrder(1), keepBest: false };
  return (start, batches) => {
    const [, rest] = splitExamples(dataset, start);
    return trainingLoop(network, optimizer, takeExamples(rest, batches * batchSize), devData, options).best.trainLoss;
  };
}

/** The loop that a student writes. */
function studentLoopVisitor(task: TrainTask, data: TrainData): Visit {
  const { network, optimizer } = startOf(task, data);
  const { inputs, labels } = datasetOf(data);
  const { batchSize } = task;
  const batchAt = (i: number): [NdArray, number | Uint8Array] =>
    batchSize === 1 ? [inputs.row(i), labels[i]!] : [inputs.rows(i, i + batchSize), labels.subarray(i, i + batchSize)];
  return (start, batches) => {
    let total = 0;
    for (let done = 0; done < batches; done++) {
      const [x, gold] = batchAt(start + done * batchSize);
      const loss = ops.nll(network.forward(new Tensor(x)), gold);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      total += loss.item();
    }
    return total / batches;
  };
}

/** TP1's step, without a tape. */
function sgdStepVisitor({ widths, batchSize, learningRate }: TrainTask, data: TrainData): Visit {
  if (widths.length !== 2 || batchSize !== 1) throw new Unable("TP1 has one layer, and one example at a time");
  const { inputs, labels } = datasetOf(data);
  const [W, b] = arraysOf(data) as [NdArray, NdArray];
  return (start, batches) => {
    let total = 0;
    for (let i = start; i < start + batches; i++) total += sgdStep(W, b, inputs.row(i), labels[i]!, learningRate);
    return total / batches;
  };
}

/** All of MNIST, for all epochs, judged after each: as in the notebook. */
function wholeTraining(task: TrainTask, epochs: number): Runner {
  const { train: learnt, dev } = mnist();
  const [trainData, devData] = [flattenInputs(learnt), flattenInputs(dev)];
  const { batchSize } = task;
  const run = () => {
    const network = networkOf(task);
    trainingLoop(network, optimizerOf(task, network), trainData, devData, {
      epochs,
      batchSize,
      random: new RandomGenerator(2),
    });
  };
  return {
    run: (steps) => {
      for (let done = 0; done < steps; done++) run();
    },
    perStep: epochs * trainData.labels.length,
    note: "measured whole, with the development set after each epoch",
  };
}

/** Nobody else's data is shuffled in this benchmark. */
class InOrder extends RandomGenerator {
  override permutation(n: number): Uint32Array {
    const inOrder = new Uint32Array(n);
    for (let i = 0; i < n; i++) inOrder[i] = i;
    return inOrder;
  }
}

function startOf(task: TrainTask, data: TrainData): { network: Module; optimizer: Optimizer } {
  const network = networkOf(task);
  const start = arraysOf(data);
  network.parameters().forEach((parameter, i) => {
    parameter.data.copy_(start[i]!);
  });
  return { network, optimizer: optimizerOf(task, network) };
}

function networkOf({ widths, activation }: TrainTask): Module {
  const [dimInput, dimOutput] = [widths[0]!, widths.at(-1)!];
  if (widths.length === 2) return new LinearNetwork(dimInput, dimOutput);
  const options = { tanh: activation === "tanh", random: new RandomGenerator(1) };
  return new DeepNetwork(dimInput, dimOutput, widths[1]!, widths.length - 2, options);
}

function optimizerOf({ optimizer, learningRate }: TrainTask, network: Module): Optimizer {
  const parameters = network.parameters();
  return optimizer === "adam" ? new Adam(parameters, { learningRate }) : new SGD(parameters, { learningRate });
}

const arraysOf = ({ layers }: TrainData): NdArray[] =>
  layers.flatMap((layer) => [arrayOf(layer.W, [layer.out, layer.in]), arrayOf(layer.b, [layer.out])]);

function datasetOf({ inputs, labels }: TrainData): Dataset {
  const classNames = Array.from({ length: 10 }, (_, digit) => String(digit));
  return { inputs: arrayOf(inputs, [labels.length, inputs.length / labels.length]), labels, classNames };
}

function arrayOf(values: Float32Array, shape: readonly number[]): NdArray {
  const made = zeros(shape);
  made.data.set(values);
  return made;
}

/** Parameters, because that is what large matrices are in a network. */
async function product({ m, n, k }: ProductTask): Promise<Runner> {
  if (variant!.visitor !== trainingLoopVisitor) throw new Unable("it differs in training only");
  await variant!.set?.();
  const random = new RandomGenerator(1);
  const A = new Parameter(random.uniform([m, k]), "A");
  const B = new Parameter(random.uniform([k, n]), "B");
  const multiply = () => noGrad(() => A.matmul(B));
  return {
    run: (steps) => {
      for (let i = 0; i < steps; i++) multiply();
    },
    perStep: (2 * m * n * k) / 1e9,
  };
}

async function chain({ length, size }: ChainTask): Promise<Runner> {
  if (variant!.visitor !== trainingLoopVisitor) throw new Unable("it differs in training only");
  await variant!.set?.();
  const x = new Tensor(Array<number>(size).fill(0.5), { requireGrad: true });
  const [a, b] = [new Tensor(Array<number>(size).fill(0.9)), new Tensor(Array<number>(size).fill(0.1))];
  const once = () => {
    let y = x;
    for (let i = 0; i < length; i++) y = y.mul(a).add(b);
    x.zeroGrad();
    const sum = y.sum();
    sum.backward();
    return sum;
  };
  return {
    losses: () => [once().item(), x.gradient!.at(0)],
    run: (steps) => {
      for (let i = 0; i < steps; i++) once();
    },
    perStep: 2 * length + 1,
  };
}

await serve({ version: `retroprop on Node ${process.version}`, train, product, chain });
