import { RandomGenerator } from "retroprop";
import { describe, expect, test } from "vitest";
import type { Training } from "../training.js";
import { type Epoch, epochsFrom, startOf } from "./linear-paths.js";
import { tellingTrainings } from "./telling-trainings.js";
import { mean } from "./train-paths.js";
import { accuracyRange } from "./trained-run.js";

/** What a run in some order has measured, epoch by epoch. */
interface Measured {
  readonly accuracy: number;
  readonly loss: number;
}

/** Whether the parameters of epoch `at` replace those that are kept. */
type Keeps = (history: readonly Measured[], at: number) => boolean;

const before = (history: readonly Measured[], at: number) => history.slice(0, at);
const wrong: Readonly<Record<string, Keeps>> = {
  "the last": () => true,
  "the first": (_, at) => at === 0,
  "those better than the epoch before": (history, at) => at === 0 || history[at]!.accuracy > history[at - 1]!.accuracy,
  "those as good as the epoch before": (history, at) => at === 0 || history[at]!.accuracy >= history[at - 1]!.accuracy,
  "those of the lowest loss": (history, at) => before(history, at).every(({ loss }) => history[at]!.loss < loss),
};

function runInSomeOrder({ trainData, devData, epochs, learningRate }: Training, random: RandomGenerator): Measured[] {
  const history: Measured[] = [];
  let last: Epoch | undefined;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.permutation(trainData.labels.length);
    const next = (visited: readonly unknown[]) => [{ input: order[visited.length]!, label: order[visited.length]! }];
    [last] = epochsFrom(last ?? startOf(trainData), trainData, learningRate, next);
    history.push({ accuracy: accuracyRange(last!, devData).low, loss: mean(last!.losses) });
  }
  return history;
}

function shows(keeps: Keeps, history: readonly Measured[]): boolean {
  const kept = history.findLastIndex((_, at) => keeps(history, at));
  return history[kept]!.accuracy < Math.max(...history.map(({ accuracy }) => accuracy));
}

describe("of the telling trainings", () => {
  test.each(Object.entries(wrong))("one at least shows who keeps %s, in 98 runs of 100", (_, keeps) => {
    const random = new RandomGenerator(1);
    const runs = 1000;
    let shown = 0;
    for (let run = 0; run < runs; run++) {
      const histories = tellingTrainings(random).map((training) => runInSomeOrder(training, random));
      if (histories.some((history) => shows(keeps, history))) shown++;
    }
    expect(shown / runs).toBeGreaterThan(0.98);
  });

  test("each learns in its first epoch, whatever the order: nobody is right to return the start", () => {
    for (const { trainData, devData, learningRate } of tellingTrainings(new RandomGenerator(2))) {
      const epochs = epochsFrom(startOf(trainData), trainData, learningRate);
      expect(epochs).toHaveLength(24);
      expect(Math.min(...epochs.map((epoch) => accuracyRange(epoch, devData).low))).toBeGreaterThan(0);
    }
  });

  test("no two draws hold the same numbers, yet all go the same way", () => {
    const [one, other] = [3, 4].map((seed) => tellingTrainings(new RandomGenerator(seed)));
    for (const [i, training] of one!.entries()) {
      expect(training.trainData.inputs.data).not.toEqual(other![i]!.trainData.inputs.data);
      const [a, b] = [training, other![i]!].map((each) => runInSomeOrder(each, new RandomGenerator(5)));
      expect(a!.map(({ accuracy }) => accuracy)).toEqual(b!.map(({ accuracy }) => accuracy));
    }
  });
});
