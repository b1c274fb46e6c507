// What is measured: four trainings, each on random numbers and on digits, products of matrices, and the cost of recording.
import type { ProductTask, Task, TrainTask } from "./competitors/task.js";

/** What the project wants of its own figures. */
export interface Goals {
  /** `training-loop` over PyTorch on one thread. */
  readonly overPyTorch?: number;
  /** The same with two workers. */
  readonly withTwoWorkers?: number;
  /** In the unit of the measurement. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Measurement {
  /** As `--workload` names it, alone or with others of its kind. */
  readonly workload: "W1" | "W2" | "W3" | "W4" | "gemm" | "autograd" | "TP2";
  /** Unlike all others. */
  readonly title: string;
  readonly task: Task;
  readonly goals: Goals;
  /** By how much losses may differ, of what they are. */
  readonly tolerance: number;
  /** Also in a quick run. */
  readonly isQuick?: boolean;
  /** Names of the competitors that are asked; all where it is absent. */
  readonly competitors?: readonly string[];
}

interface Training {
  readonly workload: Measurement["workload"];
  readonly about: string;
  readonly task: Omit<TrainTask, "kind" | "data">;
  readonly goals: Readonly<Record<TrainTask["data"], Goals>>;
  readonly tolerance: number;
}

const linear = { widths: [784, 10], activation: "tanh", optimizer: "sgd", learningRate: 0.01 } as const;
const deep = { ...linear, widths: [784, 100, 10] } as const;

export const trainings: readonly Training[] = [
  {
    workload: "W1",
    about: "784-10, batch 1, SGD",
    task: { ...linear, batchSize: 1 },
    goals: { dense: { overPyTorch: 25 }, mnist: { overPyTorch: 36 } },
    tolerance: 1e-4,
  },
  {
    workload: "W2",
    about: "784-100 tanh-10, batch 1, SGD",
    task: { ...deep, batchSize: 1 },
    goals: { dense: { overPyTorch: 10 }, mnist: { overPyTorch: 25 } },
    tolerance: 1e-4,
  },
  {
    workload: "W3",
    about: "784-100 tanh-10, batch 64, SGD",
    task: { ...deep, batchSize: 64 },
    goals: { dense: { overPyTorch: 0.6, withTwoWorkers: 1 }, mnist: { overPyTorch: 1.4 } },
    tolerance: 1e-4,
  },
  {
    workload: "W4",
    about: "784-256-256 relu-10, batch 128, Adam",
    task: {
      ...linear,
      widths: [784, 256, 256, 10],
      activation: "relu",
      optimizer: "adam",
      learningRate: 1e-3,
      batchSize: 128,
    },
    goals: { dense: { overPyTorch: 0.5, withTwoWorkers: 0.95 }, mnist: {} },
    // Adam's first steps have the size of the rate and the sign of the gradient, however small that is.
    tolerance: 1e-3,
  },
];

const quickOnes = ["W1 MNIST", "W3 dense", "128×256×784"];

const trainMeasurements = trainings.flatMap(({ workload, task, goals, tolerance }) =>
  (["dense", "mnist"] as const).map((data): Measurement => {
    const title = `${workload} ${data === "mnist" ? "MNIST" : data}`;
    const isQuick = quickOnes.includes(title);
    return { workload, title, task: { kind: "train", data, ...task }, goals: goals[data], tolerance, isQuick };
  }),
);

const products: readonly (Omit<ProductTask, "kind"> & { readonly goals?: Goals })[] = [
  { m: 128, n: 256, k: 784, goals: { atLeast: 30 } },
  { m: 64, n: 100, k: 784 },
  { m: 37, n: 53, k: 61 },
  { m: 512, n: 512, k: 512 },
];

const productMeasurements = products.map(({ m, n, k, goals = {} }): Measurement => {
  const title = `${m}×${n}×${k}`;
  const isQuick = quickOnes.includes(title);
  return { workload: "gemm", title, task: { kind: "product", m, n, k }, goals, tolerance: 0, isQuick };
});

const chainMeasurement: Measurement = {
  workload: "autograd",
  title: "autograd",
  task: { kind: "chain", length: 10, size: 4 },
  goals: { atMost: 0.15 },
  tolerance: 1e-5,
  isQuick: true,
};

export const measurements: readonly Measurement[] = [...trainMeasurements, ...productMeasurements, chainMeasurement];

const longCompetitors = ["retroprop", "pytorch", "numpy"];

/** TP2's trainings at full length. */
export const longMeasurements: readonly Measurement[] = [
  {
    workload: "TP2",
    title: "DeepNetwork, 10 epochs",
    task: { kind: "train", data: "mnist", ...deep, batchSize: 1, epochs: 10 },
    goals: { overPyTorch: 20 },
    tolerance: 0,
    competitors: longCompetitors,
  },
  {
    workload: "TP2",
    title: "LinearNetwork, 5 epochs",
    task: { kind: "train", data: "mnist", ...linear, batchSize: 1, epochs: 5 },
    goals: {},
    tolerance: 0,
    competitors: longCompetitors,
  },
];
