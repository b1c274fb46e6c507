import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { comparedSteps, examples, readTrainData, type TrainTask } from "./competitors/task.js";
import { writeTrainData } from "./data.js";
import { longMeasurements, measurements } from "./workloads.js";

const task: TrainTask = {
  kind: "train",
  data: "dense",
  widths: [784, 3, 2],
  activation: "tanh",
  optimizer: "sgd",
  learningRate: 0.01,
  batchSize: 1,
};

const folder = mkdtempSync(join(tmpdir(), "retroprop-bench-"));
beforeAll(() => writeTrainData([task], folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("examples come back as they were written", () => {
  const { inputs, labels } = readTrainData(task, folder);
  expect(inputs.length).toBe(examples * 784);
  expect(labels.length).toBe(examples);
  expect(inputs.every((x) => x >= 0 && x < 1)).toBe(true);
  expect(new Set(labels).size).toBe(10);
});

test("layers come back one by one, with weights of the size of their inputs and biases at 0", () => {
  const { layers } = readTrainData(task, folder);
  expect(layers.map((layer) => [layer.in, layer.out, layer.W.length, layer.b.length])).toEqual([
    [784, 3, 2352, 3],
    [3, 2, 6, 2],
  ]);
  for (const { in: width, W, b } of layers) {
    const largest = Math.max(...W.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(Math.fround(1 / Math.sqrt(width)));
    expect(largest).toBeGreaterThan(0.5 / Math.sqrt(width));
    expect([...b]).toEqual(new Array(b.length).fill(0));
  }
});

test("every batch of a workload is full, so that all visit the same examples", () => {
  const sizes = [...measurements, ...longMeasurements].flatMap(({ task }) =>
    task.kind === "train" ? task.batchSize : [],
  );
  expect(sizes.filter((size) => examples % size !== 0)).toEqual([]);
});

test("titles of measurements are unlike each other", () => {
  const titles = [...measurements, ...longMeasurements].map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test("the Python side has the same numbers as ours", () => {
  const python = readFileSync(new URL("competitors/serve.py", import.meta.url), "utf8");
  expect(python).toContain(`\nEXAMPLES = ${examples}\n`);
  expect(python).toContain(`\nCOMPARED_STEPS = ${comparedSteps}\n`);
});
