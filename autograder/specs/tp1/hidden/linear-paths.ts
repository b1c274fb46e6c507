// Every course a training run can take: SGD on a handful of examples, in each order its epochs may visit them.
// The judge does not prescribe how a student shuffles: it looks for an order that explains what came back.
import type { Dataset, NdArray } from "retroprop";

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
export const eachOnce: NextVisits = (visited, size) => {
  const left: Visit[] = [];
  for (let i = 0; i < size; i++) if (!hasInput(visited, i)) left.push(visitOf(i));
  return left;
};

function hasInput(visits: readonly Visit[], i: number): boolean {
  for (const { input } of visits) if (input === i) return true;
  return false;
}

/** One for all who visit example i with its own label. */
const visitOf = (i: number): Visit => {
  ownVisits[i] ??= { input: i, label: i };
  return ownVisits[i];
};

const ownVisits: Visit[] = [];

/** In the order of the file. */
export const inFileOrder: NextVisits = (visited) => [visitOf(visited.length)];

/** Any example at any time. */
export const withReplacement: NextVisits = (_visited, size) => range(size).map(visitOf);

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

interface WritableParameters extends Parameters {
  readonly W: number[];
  readonly b: number[];
}

export const startOf = ({ inputs, classNames }: Dataset): WritableParameters => ({
  W: new Array<number>(classNames.length * inputs.shape[1]!).fill(0),
  b: new Array<number>(classNames.length).fill(0),
});

/** Whether an epoch of these losses may be what is looked for. */
export type Accepts = (losses: readonly number[]) => boolean;

/**
 * Every epoch that `next` allows from `start`, and whose losses are accepted: of most orders nothing else is looked at. Orders
 * that begin alike share their first steps.
 */
export function epochsFrom(
  start: Parameters,
  data: Dataset,
  learningRate: number,
  next: NextVisits = eachOnce,
  accepts: Accepts = () => true,
): readonly Epoch[] {
  const size = data.labels.length;
  const epochs: Epoch[] = [];
  const order: Visit[] = [];
  const losses: number[] = [];
  const betweenSteps = Array.from({ length: size }, () => startOf(data));
  const followFrom = (parameters: Parameters): void => {
    for (const visit of next(order, size)) {
      const { loss, g } = visited(parameters, visit, data);
      order.push(visit);
      losses.push(loss);
      if (order.length < size) {
        followFrom(move(betweenSteps[order.length]!, parameters, visit, data, learningRate, g));
      } else if (accepts(losses)) {
        const { W, b } = move(startOf(data), parameters, visit, data, learningRate, g);
        epochs.push({ W, b, order: [...order], losses: [...losses] });
      }
      order.pop();
      losses.pop();
    }
  };
  followFrom(start);
  return epochs;
}

/** The same from zero. In whatever order each example comes once, those who have the same examples share the epochs. */
export function epochsFromZero(data: Dataset, learningRate: number, next: NextVisits = eachOnce): readonly Epoch[] {
  if (next !== eachOnce) return epochsFrom(startOf(data), data, learningRate, next);
  const known = shuffledFromZero.get(data.inputs);
  if (known?.learningRate === learningRate) return known.epochs;
  const epochs = epochsFrom(startOf(data), data, learningRate);
  shuffledFromZero.set(data.inputs, { learningRate, epochs });
  return epochs;
}

const shuffledFromZero = new WeakMap<NdArray, { readonly learningRate: number; readonly epochs: readonly Epoch[] }>();

// Thousands of steps are followed for a submission: plain loops over plain arrays.

/** The loss of an example, and its gradient with respect to the scores. */
function visited(
  parameters: Parameters,
  { input, label }: Visit,
  { inputs, labels }: Dataset,
): { readonly loss: number; readonly g: readonly number[] } {
  const features = inputs.shape[1]!;
  const scores = scoresOf(parameters, inputs.data, input * features, features);
  const goldScore = scores[labels[label]!]!;
  let highest = scores[0]!;
  for (const score of scores) if (score > highest) highest = score;
  let total = 0;
  for (let k = 0; k < scores.length; k++) total += scores[k] = Math.exp(scores[k]! - highest);
  for (let k = 0; k < scores.length; k++) scores[k]! /= total;
  scores[labels[label]!]! -= 1;
  return { loss: highest - goldScore + Math.log(total), g: scores };
}

/** Makes `after` the parameters after one step of SGD on an example, from those `before`. */
function move(
  after: WritableParameters,
  before: Parameters,
  { input }: Visit,
  { inputs: { data, shape } }: Dataset,
  learningRate: number,
  g: readonly number[],
): Parameters {
  const features = shape[1]!;
  for (let k = 0; k < g.length; k++) {
    const step = learningRate * g[k]!;
    after.b[k] = before.b[k]! - step;
    for (let j = k * features, x = input * features; j < (k + 1) * features; j++, x++) {
      after.W[j] = before.W[j]! - step * data[x]!;
    }
  }
  return after;
}

/** Scores of the example of `features` numbers that starts at `start` of `inputs`. */
export function scoresOf({ W, b }: Parameters, inputs: ArrayLike<number>, start: number, features: number): number[] {
  const scores = b.slice();
  for (let k = 0; k < scores.length; k++) {
    for (let j = 0; j < features; j++) scores[k]! += W[k * features + j]! * inputs[start + j]!;
  }
  return scores;
}

const range = (size: number): number[] => Array.from({ length: size }, (_, i) => i);
