// Runs the student's trainingLoop on a classifier and with an optimizer of the test, which note what is asked of them.
import { array, type Dataset, type NdArray, type RandomGenerator, zeros } from "retroprop";
import { type Explanation, field, part } from "../../../judge/explain.js";
import { commonMistakes } from "../../../judge/messages.fr.js";
import { numbersIn } from "../../../judge/numbers.js";
import { asReturned, sameValue } from "../../../judge/same-value.js";
import type { Student, Value } from "../../../judge/student.js";
import { runEach } from "../../run-each.js";
import { known } from "../messages-b.fr.js";
import type { GivenTensor, Scope } from "../scope.js";

type When = Explanation["when"];

export interface Training {
  readonly trainData: Dataset;
  readonly devData: Dataset;
  readonly epochs: number;
  readonly learningRate: number;
  /** Of the generator handed to the student. */
  readonly seed: number;
  /** Where the classifier W (scale * x) + b starts: the step of a linear network is not its own. */
  readonly W: NdArray;
  readonly b: NdArray;
  readonly scale: NdArray;
  readonly withOnEpoch?: boolean;
}

/**
 * An object with `history`, what was returned; `calls`, what onEpoch received, and `stepsBefore`, after how many steps;
 * `order`, for each step the last example that was seen (those of devData come after those of trainData); `golds`, for
 * each step the class whose bias goes up, -1 without a gradient; `W`, `b` and `learningRate` in the end; `trainData` and `devData`.
 */
export const runTraining = (student: Student, training: Training): Promise<Value> =>
  student.evaluate(train, inputsOf(training));

/** The same for several trainings, one after the other. */
export const runTrainings = (student: Student, trainings: readonly Training[]) =>
  runEach(student, train, trainings, inputsOf);

const inputsOf = ({ withOnEpoch = false, ...training }: Training) => ({
  ...training,
  trainData: { ...training.trainData },
  devData: { ...training.devData },
  withOnEpoch,
});

async function train({ tp, lib }: Scope, inputs: ReturnType<typeof inputsOf>): Promise<unknown> {
  const { trainData, devData, epochs, learningRate, seed, scale, withOnEpoch } = inputs;
  const W = new tp.Parameter(inputs.W, "W");
  const b = new tp.Parameter(inputs.b, "b");
  const parameters = [W, b];
  const keyOf = (x: NdArray) => x.data[0]! + Math.PI * x.data[1]!; // of no two examples the same, but by great chance
  const example = new Map<number, number>();
  for (const { inputs: rows, labels } of [trainData, devData]) {
    for (let i = 0; i < labels.length; i++) example.set(keyOf(rows.row(i)), example.size);
  }
  let seen = -1;
  class Classifier extends tp.Module {
    readonly W = W;
    readonly b = b;

    forward(x: GivenTensor): GivenTensor {
      seen = example.get(keyOf(x.data)) ?? -1;
      const [rows, columns] = W.data.shape as [number, number];
      const features = x.data.data.map((value, j) => value * scale.data[j]!);
      const y = lib.zeros([rows]);
      for (let k = 0; k < rows; k++) {
        let score = b.data.data[k]!;
        for (let j = 0; j < columns; j++) score += W.data.data[k * columns + j]! * features[j]!;
        y.data[k] = score;
      }
      const ruleOfW = (g: NdArray) => {
        const gW = lib.zeros([rows, columns]);
        for (let i = 0; i < gW.data.length; i++) {
          gW.data[i] = g.data[Math.floor(i / columns)]! * features[i % columns]!;
        }
        return gW;
      };
      const ruleOfB = (g: NdArray) => {
        const gb = lib.zeros([rows]);
        gb.data.set(g.data);
        return gb;
      };
      const graph = { operation: "affine", inputs: [W, b], rules: [ruleOfW, ruleOfB] };
      return Object.assign(new tp.Tensor(y, { requireGrad: true }), graph);
    }
  }
  const order: number[] = [];
  const golds: number[] = [];
  const optimizer = {
    parameters: Object.freeze([...parameters]),
    learningRate,
    zeroGrad() {
      for (const parameter of parameters) parameter.zeroGrad();
    },
    step() {
      order.push(seen);
      const gb = b.gradient?.data;
      golds.push(gb === undefined ? -1 : gb.indexOf(Math.min(...gb)));
      for (const { data, gradient } of parameters) {
        gradient?.data.forEach((g, i) => {
          data.data[i]! -= optimizer.learningRate * g;
        });
      }
    },
  };
  const calls: unknown[] = [];
  const stepsBefore: number[] = [];
  // What is written as getters of a class is sent as if it were fields.
  const names = ["epoch", "trainLoss", "trainAccuracy", "devLoss", "devAccuracy"];
  const plainRecord = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const read = names.filter((name) => name in value).map((name) => [name, (value as Record<string, unknown>)[name]]);
    return { ...value, ...Object.fromEntries(read) };
  };
  const onEpoch = (record: unknown) => {
    calls.push(plainRecord(record));
    stepsBefore.push(order.length);
  };
  const options = { epochs, random: new lib.RandomGenerator(seed), ...(withOnEpoch ? { onEpoch } : {}) };
  const returned: unknown = await tp.trainingLoop(new Classifier(), optimizer, trainData, devData, options);
  const history = Array.isArray(returned) ? returned.map(plainRecord) : plainRecord(returned);
  const after = { W: W.data, b: b.data, learningRate: optimizer.learningRate, trainData, devData };
  return { history, calls, stepsBefore, order, golds, ...after };
}

/** Examples of 4 features around one centre a class, near enough for mistakes, and where the classifier starts. */
export function drawTraining(random: RandomGenerator, trainSize: number, epochs: number, spread = 0.8): Training {
  return {
    trainData: drawClouds(random, trainSize, 0, spread),
    devData: drawClouds(random, 9, 1, spread),
    epochs,
    learningRate: 0.2,
    seed: random.integer(2 ** 31),
    W: random.normal([3, 4], { scale: 0.5 }),
    b: random.normal([3], { scale: 0.5 }),
    scale: random.uniform([4], { low: 0.6, high: 1.6 }),
  };
}

/** Classes that nobody mistakes after an epoch, of which the loss goes on falling: who stops there was not asked to. */
export function drawEasyTraining(random: RandomGenerator): Training {
  const [trainData, devData] = [drawClouds(random, 9, 0, 0.1), drawClouds(random, 9, 1, 0.1)];
  return { ...drawTraining(random, 9, 6), trainData, devData, learningRate: 0.5, W: array(centres), b: zeros([3]) };
}

const centres = [
  [1, 0, 0, 1],
  [0, 1, 0, -1],
  [0, 0, 1, 0.5],
];

/** Classes come in turn, from `first` on: the labels of two sets differ at every place. */
function drawClouds(random: RandomGenerator, size: number, first: number, spread: number): Dataset {
  const labels = Uint8Array.from({ length: size }, (_, i) => (first + i) % 3);
  const noise = random.normal([size, 4], { scale: spread });
  return { inputs: array([...labels].map((label) => centres[label]!)).add(noise), labels, classNames: ["a", "b", "c"] };
}

export const trainingOf = (sent: readonly unknown[]): Training => sent[0] as Training;

export const listIn = (value: Value): readonly Value[] =>
  typeof value === "object" && value !== null && value.kind === "list" ? value.items : [];

export const numbersOf = (value: Value): readonly number[] => Array.from(numbersIn(value)?.data ?? []);

/** The steps of each epoch: which example each was made on. */
export function epochsOf(run: Value, size: number): readonly (readonly number[])[] {
  const order = numbersOf(field(run, "order"));
  return Array.from({ length: Math.ceil(order.length / size) }, (_, i) => order.slice(i * size, (i + 1) * size));
}

/** As many steps as asked for, in each epoch one on each of the training examples. */
export function visitsEachOnce(run: Value, { trainData, epochs }: Training): boolean {
  const size = trainData.labels.length;
  const visited = epochsOf(run, size);
  const isOnceEach = (order: readonly number[]) =>
    order.length === size && new Set(order).size === size && order.every((i) => i >= 0 && i < size);
  return visited.length === epochs && visited.every(isOnceEach);
}

const records = (received: Value): readonly Value[] => listIn(field(received, "history"));

const stepsWanted = (sent: readonly unknown[]): number =>
  trainingOf(sent).epochs * trainingOf(sent).trainData.labels.length;

const stepsMade = (received: Value): number => numbersOf(field(received, "order")).length;

/** Alone, or alone in its list after all the steps. */
const returnsOneRecord: When = ({ received, sent }) =>
  typeof field(field(received, "history"), "trainLoss") === "number" ||
  (records(received).length === 1 && trainingOf(sent).epochs > 1 && stepsMade(received) === stepsWanted(sent));

const measures = ["trainLoss", "trainAccuracy", "devLoss", "devAccuracy"];

/** A measure is there, but as a text, an array, a list… */
const measuresNoNumber: When = ({ received }) =>
  measures.some((name) => {
    const value = field(records(received)[0], name);
    return value !== undefined && typeof value !== "number";
  });

/** The history is whole. */
const callsOtherTimes: When = ({ received, sent, fault }) => {
  const { epochs, withOnEpoch = false } = trainingOf(sent);
  const calls = listIn(field(received, "calls")).length;
  return fault === undefined && withOnEpoch && calls > 0 && calls !== epochs && records(received).length === epochs;
};

const sharesOneRecord: When = ({ received }) => {
  const [first, ...others] = records(received);
  return others.length > 0 && field(first, "epoch") !== 1 && others.every((record) => sameValue(record, first));
};

const changesTrainData: When = ({ received, sent }) =>
  received !== undefined && !sameValue(field(received, "trainData"), asReturned({ ...trainingOf(sent).trainData }));

/** Known mistakes that show in any run, the most particular first. */
export const loopProblems: readonly Explanation[] = [
  {
    ...commonMistakes.noReturn,
    when: ({ received, fault }) =>
      fault === undefined && received !== undefined && field(received, "history") === undefined,
  },
  ...known({
    "onEpoch appelé sans être donné": ({ fault }) => /onEpoch is not a function/.test(fault?.detail?.message ?? ""),
    "une seule ligne au lieu de l'historique": returnsOneRecord,
    "données d'entraînement mélangées sur place": changesTrainData,
    "apprend sur les exemples de développement": ({ received, sent }) =>
      numbersOf(field(received, "order")).some((i) => i >= trainingOf(sent).trainData.labels.length),
    "learningRate changé": ({ received, sent }) => {
      const rate = field(received, "learningRate");
      return typeof rate === "number" && rate !== trainingOf(sent).learningRate;
    },
    "pas oublié": ({ received }) => received !== undefined && numbersOf(field(received, "order")).length === 0,
    "pas avant backward": ({ received }) => numbersOf(field(received, "golds"))[0] === -1,
    "une seule ligne d'historique partagée": sharesOneRecord,
    "historique vide": ({ received }) => numbersIn(field(received, "history"))?.shape[0] === 0,
    "nombre d'époques ignoré": ({ received, sent }) =>
      records(received).length > 0 && records(received).length !== trainingOf(sent).epochs,
    "époques numérotées à partir de 0": ({ received }) => field(records(received)[0], "epoch") === 0,
    "trainAccuracy oubliée": ({ received }) =>
      records(received).length > 0 && field(records(received)[0], "trainAccuracy") === undefined,
    "mesure qui n'est pas un nombre": measuresNoNumber,
    "onEpoch jamais appelé": ({ received, sent, fault }) =>
      fault === undefined && trainingOf(sent).withOnEpoch === true && listIn(field(received, "calls")).length === 0,
    "onEpoch appelé un autre nombre de fois": callsOtherTimes,
    "onEpoch appelé au début de l'époque": ({ received }) => numbersOf(field(received, "stepsBefore"))[0] === 0,
    "trop de pas": ({ received, sent }) => stepsMade(received) > stepsWanted(sent),
    "pas assez de pas": ({ received, sent, fault }) =>
      fault === undefined && received !== undefined && stepsMade(received) < stepsWanted(sent),
    "tirage avec remise": ({ received, sent }) =>
      epochsOf(received, trainingOf(sent).trainData.labels.length).some((order) => new Set(order).size < order.length),
  }),
];

/** The record of each epoch, its numbers by name; looked at with care. */
export const recordAt = (run: Value, epoch: number): Value => part(field(run, "history"), epoch);
