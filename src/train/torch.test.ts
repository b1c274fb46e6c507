import { describe, expect, test } from "vitest";
import { expectClose, type FrozenArray, isClose, readFixture, thaw } from "../../test/oracle/oracle.js";
import { FixedOrder, trainingExamples, trainingNetwork } from "../../test/oracle/training-problem.js";
import type { Module } from "../nn/module.js";
import { Adam } from "../optim/adam.js";
import { SGD } from "../optim/sgd.js";
import { Batches, judge } from "./batch.js";
import { trainingLoop } from "./training-loop.js";

interface Run {
  readonly optimizer: "SGD" | "Adam";
  readonly options: { readonly learningRate: number };
  readonly batchSize: number;
  /** The losses are those of every so many steps. */
  readonly every: number;
  readonly losses: readonly number[];
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly devLoss: number;
  readonly devAccuracy: number;
  readonly gradientNorm: number;
  readonly lastWeights: FrozenArray;
}

const { labels, runs } = readFixture<{ readonly labels: string; readonly runs: readonly Run[] }>("torch-training.json");
const [trainData, devData] = trainingExamples();
const order = new FixedOrder(0).permutation(trainData.labels.length);
const tolerance = 1e-5;

const makeOptimizer = (network: Module, { optimizer, options }: Run) =>
  new ({ SGD, Adam })[optimizer](network.parameters(), options);

test("the examples are PyTorch's", () => {
  expect([...trainData.labels, ...devData.labels].join("")).toBe(labels);
});

describe.each(runs)("an epoch of 1000 examples with $optimizer, batches of $batchSize, in float32", (run) => {
  test("has PyTorch's loss at every step", () => {
    const network = trainingNetwork();
    const optimizer = makeOptimizer(network, run);
    const received: number[] = [];
    const batches = new Batches(trainData, order, run.batchSize);
    for (let i = 0; i < batches.count; i++) {
      const { loss } = judge(network, batches.at(i));
      received.push(loss.item());
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
    }
    run.losses.forEach((expected, k) => {
      const loss = received[k * run.every]!;
      expect(isClose(loss, expected, tolerance), `step ${k * run.every}: ${loss}, not ${expected}`).toBe(true);
    });
    expect(Math.ceil(received.length / run.every)).toBe(run.losses.length);
    expectClose(network.output.W.data, thaw(run.lastWeights), tolerance, "the weights at the end");
  });

  test("has PyTorch's means, accuracies and gradient norm in the record of the training loop", () => {
    const network = trainingNetwork();
    const { best } = trainingLoop(network, makeOptimizer(network, run), trainData, devData, {
      epochs: 1,
      batchSize: run.batchSize,
      random: new FixedOrder(0),
    });
    expect([best.trainAccuracy, best.devAccuracy]).toEqual([run.trainAccuracy, run.devAccuracy]);
    for (const measure of ["trainLoss", "devLoss", "gradientNorm"] as const) {
      expect(isClose(best[measure], run[measure], tolerance), `${measure}: ${best[measure]}`).toBe(true);
    }
    expectClose(network.output.W.data, thaw(run.lastWeights), tolerance, "the weights at the end");
  });
});
