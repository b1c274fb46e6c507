// Runs the student's trainLinear beside their code, since a generator and a callback cannot travel, and brings all back.
import { array, type Dataset, type RandomGenerator } from "retroprop";
import type { Student, Value } from "../../judge/student.js";
import { runEach } from "../run-each.js";
import type { Scope } from "./scope.js";

export interface Training {
  readonly trainData: Dataset;
  readonly devData: Dataset;
  readonly epochs: number;
  readonly learningRate: number;
  /** Of the generator handed to the student. */
  readonly seed: number;
  readonly withOnEpoch?: boolean;
}

/** An object with `result`, `calls` (what onEpoch received), `trainData` and `devData` as they are afterwards. */
export const runTraining = (student: Student, training: Training): Promise<Value> =>
  student.evaluate(train, inputsOf(training));

/** The same for several, one after the other. */
export const runTrainings = (student: Student, trainings: readonly Training[]) =>
  runEach(student, train, trainings, inputsOf);

const inputsOf = ({ trainData, devData, withOnEpoch = false, ...rest }: Training) => ({
  ...{ trainData: { ...trainData }, devData: { ...devData }, withOnEpoch },
  ...rest,
});

async function train({ tp, lib }: Scope, inputs: ReturnType<typeof inputsOf>): Promise<unknown> {
  const { trainData, devData, epochs, learningRate, seed, withOnEpoch } = inputs;
  const calls: unknown[] = [];
  const options = { epochs, learningRate, random: new lib.RandomGenerator(seed) };
  // What is written as getters of a class is sent as if it were fields.
  const plain = (value: unknown, names: readonly string[]): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const read = names.filter((name) => name in value).map((name) => [name, (value as Record<string, unknown>)[name]]);
    return { ...value, ...Object.fromEntries(read) };
  };
  const plainRecord = (record: unknown) => plain(record, ["epoch", "trainLoss", "devAccuracy"]);
  const onEpoch = (record: unknown) => void calls.push(plainRecord(record));
  const returned = await tp.trainLinear(trainData, devData, withOnEpoch ? { ...options, onEpoch } : options);
  const result = plain(returned, ["W", "b", "history"]) as { history?: unknown } | undefined;
  if (Array.isArray(result?.history)) result.history = result.history.map(plainRecord);
  return { result, calls, trainData, devData };
}

/** Examples of 5 features around one centre a class, far enough apart for a linear classifier. */
export function drawClouds(random: RandomGenerator, size: number, spread = 0.5, classes = [0, 1, 2]): Dataset {
  const centres = [
    [2, 0, 0, 1, -1],
    [0, 2, 0, 1, -1],
    [0, 0, 2, 1, -1],
  ];
  const labels = Uint8Array.from({ length: size }, (_, i) => classes[i % classes.length]!);
  const noise = random.normal([size, 5], { scale: spread });
  const inputs = array([...labels].map((label) => centres[label]!)).add(noise);
  return { inputs, labels, classNames: ["a", "b", "c"] };
}
