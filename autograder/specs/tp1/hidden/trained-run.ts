// What trainLinear returned, read with care, and how good parameters are on a data set.
import type { Dataset } from "retroprop";
import type { Expect } from "../../../judge/expect.js";
import { type Numbers, numbersIn } from "../../../judge/numbers.js";
import type { Value } from "../../../judge/student.js";
import { type Parameters, scoresOf } from "./linear-paths.js";

export interface TrainedRun extends Parameters {
  readonly history: readonly EpochNumbers[];
  /** How often onEpoch was called. */
  readonly told: number;
}

export interface EpochNumbers {
  readonly trainLoss: number;
  readonly devAccuracy: number;
}

/** Reads the value of a training run; fails as an expectation where it is not what trainLinear returns. */
export function readRun(expect: Expect, run: Value): TrainedRun {
  const { result, calls } = expect(run).toHaveFields("result", "calls");
  const { W, b, history } = expect(result).toHaveFields("W", "b", "history");
  expect(W, "W").toHaveShape([3, 5]);
  expect(b, "b").toHaveShape([3]);
  expect(W, "W").toBeFinite();
  expect(b, "b").toBeFinite();
  const records = expect(history, "history").toBeList();
  const told = expect(calls, "onEpoch").toBeList().length;
  return { W: flat(W), b: flat(b), history: records.map((record) => readRecord(expect, record)), told };
}

function readRecord(expect: Expect, record: Value): EpochNumbers {
  const { trainLoss, devAccuracy } = expect(record, "history").toHaveFields("trainLoss", "devAccuracy");
  expect(trainLoss, "trainLoss").toHaveShape([]);
  expect(devAccuracy, "devAccuracy").toHaveShape([]);
  return { trainLoss: numberIn(trainLoss), devAccuracy: numberIn(devAccuracy) };
}

const numbersOf = (value: Value): Numbers => numbersIn(value) ?? { shape: [0], data: [] };
const flat = (value: Value): readonly number[] => Array.from(numbersOf(value).data);
const numberIn = (value: Value): number => numbersOf(value).data[0] ?? Number.NaN;

/** A lead that rounding, in single precision and over a whole run, could turn. */
const safeLead = 1e-3;

/** Lowest and highest accuracy that rounding allows: examples whose two best scores are nearly equal may fall either way. */
export function accuracyRange(parameters: Parameters, { inputs, labels }: Dataset): { low: number; high: number } {
  const features = inputs.shape[1]!;
  let [low, high] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const lead = leadOf(labels[i]!, scoresOf(parameters, inputs.data, i * features, features));
    if (lead > safeLead) low++;
    if (lead > -safeLead) high++;
  }
  return { low: low / labels.length, high: high / labels.length };
}

/** How far a class is ahead of the best of the others; negative when it is behind. */
function leadOf(gold: number, scores: readonly number[]): number {
  let others = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k++) if (k !== gold && scores[k]! > others) others = scores[k]!;
  return scores[gold]! - others;
}

/** Whether `accuracy` is that of these parameters, up to rounding. */
export function isAccuracyOf(accuracy: number, parameters: Parameters, data: Dataset): boolean {
  const { low, high } = accuracyRange(parameters, data);
  return accuracy >= low - 1e-6 && accuracy <= high + 1e-6;
}
