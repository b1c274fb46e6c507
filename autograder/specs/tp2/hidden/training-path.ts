// The course a training run takes, in double precision, along the order in which it visited its examples.
import type { Dataset, NdArray } from "retroprop";
import type { Training } from "../visible/run-training.js";

/** W row by row, and b; what each number of an example is multiplied by before, which no step changes. */
export interface Weights {
  readonly W: Float64Array;
  readonly b: Float64Array;
  readonly scale: Float64Array;
}

/** An epoch as it should have gone, and what it left. */
export interface Epoch extends Weights {
  /** Of each visit, before and after its step. */
  readonly losses: readonly number[];
  readonly lossesAfter: readonly number[];
  readonly right: Range;
  /** The weights at its start. */
  readonly start: Weights;
}

/** How many examples are classified right: rounding may turn those whose two best scores are nearly equal. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** How a mistaken loop departs from the right one. */
export interface Departure {
  /** Gradients add up from one example to the next, of the whole run or of an epoch. */
  readonly accumulates?: "run" | "epoch";
  /** Each gradient counts so many times. */
  readonly times?: number;
  /** Steps are those of W x + b on the examples as they are. */
  readonly ignoresScale?: true;
  /** The first step of an epoch also follows the gradients of the development set at the end of the epoch before. */
  readonly evaluationLeaks?: boolean;
}

/** The epochs of a run that visited the examples in these orders. */
export function follow(training: Training, orders: readonly (readonly number[])[], departure: Departure = {}): Epoch[] {
  const epochs: Epoch[] = [];
  const doubles = ({ data }: NdArray) => Float64Array.from(data);
  const scale = doubles(training.scale);
  if (departure.ignoresScale) scale.fill(1);
  let weights: Weights = { W: doubles(training.W), b: doubles(training.b), scale };
  let carried = zeroLike(weights);
  for (const order of orders) {
    if (departure.evaluationLeaks && epochs.length > 0) carried = sumOfGradients(weights, training.devData);
    if (departure.accumulates === "epoch") carried = zeroLike(weights);
    const start = weights;
    const [losses, lossesAfter]: [number[], number[]] = [[], []];
    let [low, high] = [0, 0];
    for (const i of order) {
      const { loss, lead, gradient } = look(weights, training.trainData, i);
      losses.push(loss);
      if (lead > safeLead) low++;
      if (lead > -safeLead) high++;
      const used = combine(carried, gradient, departure.times ?? 1);
      weights = combine(weights, used, -training.learningRate);
      lossesAfter.push(look(weights, training.trainData, i).loss);
      carried = departure.accumulates ? used : zeroLike(weights);
    }
    epochs.push({ ...weights, losses, lossesAfter, right: { low, high }, start });
  }
  return epochs;
}

/** Mean loss of a data set, and how many of its examples are classified right. */
export function measure(weights: Weights, data: Dataset): { readonly loss: number; readonly right: Range } {
  const looks = Array.from(data.labels, (_, i) => look(weights, data, i));
  return {
    loss: mean(looks.map(({ loss }) => loss)),
    right: {
      low: looks.filter(({ lead }) => lead > safeLead).length,
      high: looks.filter(({ lead }) => lead > -safeLead).length,
    },
  };
}

export const mean = (values: readonly number[]): number => sum(values) / values.length;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A lead that rounding, in single precision and over a whole run, could turn. */
const safeLead = 1e-3;

interface Look {
  readonly loss: number;
  /** How far the right class is ahead of the best of the others. */
  readonly lead: number;
  readonly gradient: Weights;
}

function look({ W, b, scale }: Weights, { inputs, labels }: Dataset, i: number): Look {
  const x = Array.from(inputs.row(i).data, (value, j) => value * scale[j]!);
  const gold = labels[i]!;
  const scores = b.map((bias, k) => x.reduce((score, value, j) => score + W[k * x.length + j]! * value, bias));
  const highest = Math.max(...scores);
  const total = scores.reduce((partial, score) => partial + Math.exp(score - highest), 0);
  const g = scores.map((score, k) => Math.exp(score - highest) / total - (k === gold ? 1 : 0));
  const others = Math.max(...scores.filter((_, k) => k !== gold));
  return {
    loss: highest - scores[gold]! + Math.log(total),
    lead: scores[gold]! - others,
    gradient: { W: W.map((_, at) => g[Math.floor(at / x.length)]! * x[at % x.length]!), b: g, scale },
  };
}

/** `a + factor · b` */
const combine = (a: Weights, b: Weights, factor: number): Weights => ({
  W: a.W.map((value, i) => value + factor * b.W[i]!),
  b: a.b.map((value, i) => value + factor * b.b[i]!),
  scale: a.scale,
});

const zeroLike = ({ W, b, scale }: Weights): Weights => ({ W: W.map(() => 0), b: b.map(() => 0), scale });

const sumOfGradients = (weights: Weights, data: Dataset): Weights =>
  Array.from(data.labels, (_, i) => look(weights, data, i).gradient).reduce(
    (total, gradient) => combine(total, gradient, 1),
    zeroLike(weights),
  );
