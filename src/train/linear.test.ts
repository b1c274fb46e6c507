import { describe, expect, test } from "vitest";
import {
  expectClose,
  type FrozenArray,
  type FrozenNumber,
  isClose,
  readFixture,
  thaw,
  thawNumber,
} from "../../test/oracle/oracle.js";
import type { Dataset } from "../datasets/dataset.js";
import { array, ones, zeros } from "../nd/creation.js";
import type { DType } from "../nd/dtype.js";
import { RandomGenerator } from "../nd/random.js";
import type { EpochRecord } from "./history.js";
import { evaluate, predict, sgdStep, trainLinear } from "./linear.js";

interface Fixture {
  /** Inputs are whole numbers over 16, the same to the bit on both sides. */
  readonly training: {
    readonly sixteenths: number[][];
    readonly labels: readonly number[];
    readonly classes: number;
    readonly order: readonly number[];
    readonly learningRate: number;
  };
  readonly trainingRuns: readonly {
    readonly dtype: DType;
    readonly losses: readonly FrozenNumber[];
    readonly W: FrozenArray;
    readonly b: FrozenArray;
  }[];
}

const { training, trainingRuns } = readFixture<Fixture>("torch-functions.json");
const tolerances = { float32: 2e-6, float64: 1e-13 };

const data: Dataset = {
  inputs: array(training.sixteenths).div(16),
  labels: Uint8Array.from(training.labels),
  classNames: Array.from({ length: training.classes }, (_, i) => String(i)),
};
const [examples, features] = data.inputs.shape as [number, number];

describe("sgdStep", () => {
  test.each(trainingRuns)("follows PyTorch through two epochs of 200 examples in $dtype", ({ dtype, losses, W, b }) => {
    const [ourW, ourB] = [zeros([training.classes, features], { dtype }), zeros([training.classes], { dtype })];
    const inputs = data.inputs.astype(dtype);
    training.order.forEach((i, step) => {
      const loss = sgdStep(ourW, ourB, inputs.row(i), training.labels[i]!, training.learningRate);
      const expected = thawNumber(losses[step]!);
      expect(isClose(loss, expected, tolerances[dtype]), `step ${step}: loss ${loss} instead of ${expected}`).toBe(
        true,
      );
    });
    expectClose(ourW, thaw(W), tolerances[dtype], "W");
    expectClose(ourB, thaw(b), tolerances[dtype], "b");
    expect(losses.length).toBe(400);
  });

  test("starts at ln k from zero, lowers the loss of its example, updates in place and leaves x alone", () => {
    const [W, b, x] = [zeros([5, features]), zeros([5]), data.inputs.row(0).clone()];
    const before = x.clone();
    const first = sgdStep(W, b, x, 2, 0.1);
    expect(first).toBeCloseTo(Math.log(5), 12);
    expect(sgdStep(W, b, x, 2, 0.1)).toBeLessThan(first);
    expect(x).toEqual(before);
    expect(W.data.some((value) => value !== 0) && b.data.some((value) => value !== 0)).toBe(true);
  });

  test("moves by W −= ε gW and b −= ε gb, exactly, in proportion to the step", () => {
    for (const rate of [1, 0.5]) {
      const [W, b] = [zeros([2, 2]), zeros([2])];
      sgdStep(W, b, array([1, 2]), 0, rate);
      expect(W.div(rate).toArray()).toEqual([
        [0.5, 1],
        [-0.5, -1],
      ]);
      expect(b.div(rate).toArray()).toEqual([0.5, -0.5]);
    }
  });

  test("moves nothing at a step of 0, and refuses what does not fit before it moves anything", () => {
    const [W, b] = [ones([2, 3]), ones([2])];
    sgdStep(W, b, array([1, 2, 3]), 0, 0);
    expect(() => sgdStep(W, b, array([1, 2]), 0, 0.1)).toThrow("affineTransform: x has 2 features but W expects 3");
    expect(() => sgdStep(W, b, array([1, 2, 3]), 2, 0.1)).toThrow("gold must be a class between 0 and 1, received 2");
    expect([W, b]).toEqual([ones([2, 3]), ones([2])]);
  });
});

describe("evaluate", () => {
  const W = array([
    [1, 0],
    [0, 1],
  ]);
  const points: Dataset = {
    inputs: array([
      [2, 1],
      [1, 2],
      [3, 0],
      [0, 3],
    ]),
    labels: Uint8Array.of(0, 1, 1, 1),
    classNames: ["a", "b"],
  };

  test("is the share of right answers, and predict the answers", () => {
    expect(evaluate(W, zeros([2]), points)).toBe(0.75);
    expect([...predict(W, zeros([2]), points)]).toEqual([0, 1, 0, 1]);
    expect(evaluate(W, array([10, 0]), points)).toBe(0.25);
  });

  test("changes nothing", () => {
    const before = [W.clone(), points.inputs.clone(), points.labels.slice()];
    evaluate(W, zeros([2]), points);
    expect([W, points.inputs, points.labels]).toEqual(before);
  });

  test("refuses to judge nothing", () => {
    const nothing = { ...points, inputs: zeros([0, 2]), labels: new Uint8Array() };
    expect(() => evaluate(W, zeros([2]), nothing)).toThrow("evaluate: no example to judge");
  });
});

describe("trainLinear", () => {
  const options = () => ({ epochs: 5, learningRate: 0.05, random: new RandomGenerator(1) });

  test("learns: the loss goes down, the accuracy up", () => {
    const { W, b, history } = trainLinear(data, data, options());
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    expect(history[4]!.trainLoss).toBeLessThan(0.8 * history[0]!.trainLoss);
    expect(evaluate(W, b, data)).toBeGreaterThan(0.8);
  });

  test("keeps the parameters of the best epoch, the first of equals", () => {
    const { W, b, history } = trainLinear(data, data, { ...options(), learningRate: 2, epochs: 8 });
    const accuracies = history.map(({ devAccuracy }) => devAccuracy);
    expect(Math.max(...accuracies)).not.toBe(accuracies.at(-1)); // otherwise this test would show nothing
    expect(evaluate(W, b, data)).toBe(Math.max(...accuracies));
  });

  test("visits every example once an epoch, in an order that its generator gives", () => {
    const seen = new RandomGenerator(7);
    const [W, b] = [zeros([training.classes, features]), zeros([training.classes])];
    let total = 0;
    for (const i of seen.permutation(examples)) total += sgdStep(W, b, data.inputs.row(i), data.labels[i]!, 0.05);
    const { history } = trainLinear(data, data, { ...options(), epochs: 1, random: new RandomGenerator(7) });
    expect(history).toEqual([{ epoch: 1, trainLoss: total / examples, devAccuracy: evaluate(W, b, data) }]);
  });

  test("shuffles anew at each epoch, gives the same for the same seed and another for another", () => {
    const run = (seed: number) => trainLinear(data, data, { ...options(), random: new RandomGenerator(seed) }).W;
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
    const random = new RandomGenerator(3);
    expect(random.permutation(examples)).not.toEqual(random.permutation(examples));
  });

  test("hands each record to onEpoch at the end of its epoch", () => {
    const received: EpochRecord[] = [];
    const { history } = trainLinear(data, data, { ...options(), onEpoch: (record) => received.push(record) });
    expect(received).toEqual(history);
    expect(received.length).toBe(5);
  });

  test("does not change the data", () => {
    const [inputs, labels] = [data.inputs.clone(), data.labels.slice()];
    trainLinear(data, data, options());
    expect([data.inputs, data.labels]).toEqual([inputs, labels]);
  });

  test("stops at a loss that is no number, and names the epoch and the example", () => {
    const inputs = data.inputs.clone();
    inputs.set([17, 3], Number.NaN);
    expect(() => trainLinear({ ...data, inputs }, data, options())).toThrow(
      "trainLinear: the loss is NaN at example 17 of epoch 1: is the step too large?",
    );
    expect(() => trainLinear(data, data, { ...options(), learningRate: 1e38 })).toThrow(
      /the loss is (NaN|Infinity) at example/,
    );
  });
});
