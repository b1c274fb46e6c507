// Every course a training run can take: SGD on a handful of examples, in each order its epochs may visit them.
// The judge does not prescribe how a student shuffles: it looks for an order that explains what came back.
import type { Dataset } from "retroprop";

/** W row by row then b, in double precision. */
export interface Parameters {
  readonly W: readonly number[];
  readonly b: readonly number[];
}

/** One epoch: the examples in the order they were visited, and what it left. */
export interface Epoch extends Parameters {
  readonly order: readonly Visit[];
  /** Of each visit, before its update. */
  readonly losses: readonly number[];
}

/** The input of one example with the label of one: the same, unless a mistake parts them. */
export interface Visit {
  readonly input: number;
  readonly label: number;
}

/** Which examples may come next after those already visited. */
export type NextVisits = (visited: readonly Visit[], size: number) => readonly Visit[];

/** Each example once, in any order: what a shuffled epoch is. */
export const eachOnce: NextVisits = (visited, size) =>
  range(size)
    .filter((i) => visited.every(({ input }) => input !== i))
    .map((i) => ({ input: i, label: i }));

/** In the order of the file. */
export const inFileOrder: NextVisits = (visited) => [{ input: visited.length, label: visited.length }];

/** Any example at any time. */
export const withReplacement: NextVisits = (_visited, size) => range(size).map((i) => ({ input: i, label: i }));

/** Inputs and labels each once, in orders of their own. */
export const partedLabels: NextVisits = (visited, size) => {
  const inputs = range(size).filter((i) => visited.every(({ input }) => input !== i));
  const labels = range(size).filter((i) => visited.every(({ label }) => label !== i));
  return inputs.flatMap((input) => labels.map((label) => ({ input, label })));
};

/** In the order of an epoch that has been. */
export const sameOrderAs =
  (order: readonly Visit[]): NextVisits =>
  (visited) =>
    order.slice(visited.length, visited.length + 1);

export const startOf = ({ inputs, classNames }: Dataset): Parameters => ({
  W: new Array<number>(classNames.length * inputs.shape[1]!).fill(0),
  b: new Array<number>(classNames.length).fill(0),
});

/** Every epoch that `next` allows from `start`; orders that begin alike share their first steps. */
export function epochsFrom(
  start: Parameters,
  data: Dataset,
  learningRate: number,
  next: NextVisits = eachOnce,
): readonly Epoch[] {
  const size = data.labels.length;
  let begun: readonly Epoch[] = [{ ...start, order: [], losses: [] }];
  for (let visits = 0; visits < size; visits++) {
    begun = begun.flatMap((epoch) => next(epoch.order, size).map((visit) => step(epoch, visit, data, learningRate)));
  }
  return begun;
}

/** Hundreds of orders are followed for a submission: plain loops over plain arrays. */
function step({ W, b, order, losses }: Epoch, visit: Visit, data: Dataset, learningRate: number): Epoch {
  const features = data.inputs.shape[1]!;
  const start = visit.input * features;
  const gold = data.labels[visit.label]!;
  const scores = scoresOf({ W, b }, data.inputs.data, start, features);
  const highest = Math.max(...scores);
  let total = 0;
  for (const score of scores) total += Math.exp(score - highest);
  const [nextW, nextB] = [W.slice(), b.slice()];
  for (let k = 0; k < scores.length; k++) {
    const g = learningRate * (Math.exp(scores[k]! - highest) / total - (k === gold ? 1 : 0));
    nextB[k]! -= g;
    for (let j = 0; j < features; j++) nextW[k * features + j]! -= g * data.inputs.data[start + j]!;
  }
  const loss = highest - scores[gold]! + Math.log(total);
  return { W: nextW, b: nextB, order: [...order, visit], losses: [...losses, loss] };
}

/** Scores of the example of `features` numbers that starts at `start` of `inputs`. */
export function scoresOf(
  { W, b }: Parameters,
  inputs: ArrayLike<number>,
  start: number,
  features: number,
): readonly number[] {
  const scores = b.slice();
  for (let k = 0; k < scores.length; k++) {
    for (let j = 0; j < features; j++) scores[k]! += W[k * features + j]! * inputs[start + j]!;
  }
  return scores;
}

const range = (size: number): number[] => Array.from({ length: size }, (_, i) => i);
