// Which courses of training explain a history: the orders whose losses are those that came back.
import type { Training } from "../training.js";
import {
  type Accepts,
  type Epoch,
  eachOnce,
  epochsFrom,
  epochsFromZero,
  type NextVisits,
  type Parameters,
  sameOrderAs,
  withReplacement,
} from "./linear-paths.js";
import type { EpochNumbers } from "./trained-run.js";

/** How a run may differ from the right one. */
export interface Variant {
  readonly next?: NextVisits;
  /** The first epoch's order serves for all. */
  readonly sameOrder?: boolean;
  /** Every epoch starts from zero. */
  readonly restart?: boolean;
  /** What trainLoss is made of, out of the losses of the epoch. */
  readonly lossOf?: (losses: readonly number[]) => number;
}

export type Path = readonly Epoch[];

/** More ways than this to explain a history: the losses say too little, as when nothing is learnt. */
const mostPaths = 200;

/** Every path, epoch by epoch, whose losses are those of the history. */
export function pathsThrough(
  training: Training,
  history: readonly EpochNumbers[],
  variant: Variant = {},
): readonly Path[] {
  const { lossOf = mean } = variant;
  let paths: readonly Path[] = [[]];
  for (const { trainLoss } of history) {
    const explains: Accepts = (losses) => isNear(trainLoss, lossOf(losses));
    const longer = paths.flatMap((path) =>
      nextEpochs(training, path, variant, explains).map((epoch) => [...path, epoch]),
    );
    paths = longer.slice(0, mostPaths);
  }
  return paths;
}

/** Whether some course of training has these losses, whatever it makes of them and whichever examples it visits. */
export const isExplained = (training: Training, history: readonly EpochNumbers[]): boolean =>
  [mean, total, lastOne].some((lossOf) =>
    [{}, { next: withReplacement }, { restart: true }].some(
      (variant) => pathsThrough(training, history, { lossOf, ...variant }).length > 0,
    ),
  );

function nextEpochs(training: Training, path: Path, variant: Variant, accepts: Accepts): readonly Epoch[] {
  const { trainData, learningRate } = training;
  const { next = eachOnce, sameOrder = false, restart = false } = variant;
  const last = path.at(-1);
  const order = sameOrder && last !== undefined ? sameOrderAs(last.order) : next;
  if (last !== undefined && !restart) return epochsFrom(last, trainData, learningRate, order, accepts);
  return epochsFromZero(trainData, learningRate, order).filter(({ losses }) => accepts(losses));
}

/** Whether every epoch but the last, which no later loss confirms, followed the same order, beyond doubt. */
export function hasOneOrder(paths: readonly Path[]): boolean {
  const isKnown = paths.length > 0 && paths.length < mostPaths;
  return (
    isKnown && paths.every((path) => new Set(path.slice(0, -1).map(({ order }) => JSON.stringify(order))).size === 1)
  );
}

/** Whether an epoch visited the examples as they come in the data, beyond doubt. */
export const isInFileOrder = (paths: readonly Path[], epoch: number): boolean =>
  paths.length > 0 &&
  paths.length < mostPaths &&
  paths.every((path) => path[epoch]?.order.every(({ input }, i) => input === i));

/** Whether an epoch visited the examples in the order of one before it, or in that order reversed, beyond doubt. */
export const repeatsOrder = (paths: readonly Path[], earlier: number, later: number): boolean =>
  paths.length > 0 &&
  paths.length < mostPaths &&
  paths.every((path) => {
    const [before, after] = [earlier, later].map((epoch) => path[epoch]?.order.map(({ input }) => input) ?? []);
    return String(before) === String(after) || String(before) === String(after!.toReversed());
  });

/** Whether an epoch visited the examples in one and the same order in every run, beyond doubt. */
export function shareOrder(runs: readonly (readonly Path[])[], epoch: number): boolean {
  const orders = runs.map((paths) => new Set(paths.map((path) => JSON.stringify(path[epoch]?.order))));
  return orders.every(({ size }) => size === 1) && new Set(orders.flatMap((one) => [...one])).size === 1;
}

/** How many orders the epochs of several runs followed, all but the last of each: no later loss confirms that one. */
export function countOrders(runs: readonly (readonly Path[])[]): number {
  const orders = runs.flat().flatMap((path) => path.slice(0, -1).map(({ order }) => JSON.stringify(order)));
  return new Set(orders).size;
}

/** Some epoch from zero ends with these parameters. */
export function isOneEpoch(
  { W, b }: Parameters,
  { trainData, learningRate }: Training,
  next: NextVisits = eachOnce,
): boolean {
  const epochs = epochsFromZero(trainData, learningRate, next);
  return epochs.some((epoch) => areNear(W, epoch.W) && areNear(b, epoch.b));
}

export const areNear = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => isNear(value, b[i]!));

/** Single precision over twenty steps errs by less than 1e-6; two orders mostly differ by more than 1e-4. */
const isNear = (received: number, expected: number): boolean =>
  Math.abs(received - expected) <= 1e-5 + 1e-5 * Math.abs(expected);

export const lastOne = (losses: readonly number[]): number => losses.at(-1)!;
export const total = (losses: readonly number[]): number => losses.reduce((sum, loss) => sum + loss, 0);
export const mean = (losses: readonly number[]): number => total(losses) / losses.length;
