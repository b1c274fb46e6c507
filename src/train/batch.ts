// What a network is shown at once: one example, or several as the rows of a batch; and what it made of them.
import { nll } from "../autograd/ops.js";
import { Tensor } from "../autograd/tensor.js";
import { type Dataset, exampleCount } from "../datasets/dataset.js";
import type { Module } from "../nn/module.js";
import { batchTensor, exampleTensor } from "./example-batch.js";

export interface Batch {
  /** `[…features]` of one example, or `[b, …features]`. */
  readonly x: Tensor;
  /** Its class, or the b classes. */
  readonly gold: number | Uint8Array;
  /** How many examples. */
  readonly size: number;
}

/** The examples `order[start] … order[start + batchSize − 1]`, COPIED; the last batch may be smaller. */
export function batchOf({ inputs, labels }: Dataset, order: Uint32Array, batchSize: number, start: number): Batch {
  if (batchSize === 1) {
    const example = order[start]!;
    return { x: exampleTensor(inputs, example), gold: labels[example]!, size: 1 };
  }
  const indices = order.subarray(start, start + batchSize);
  const gold = new Uint8Array(indices.length);
  for (let k = 0; k < gold.length; k++) gold[k] = labels[indices[k]!]!;
  return { x: batchTensor(inputs, indices), gold, size: gold.length };
}

/** All examples in the order of the file, as VIEWS; the last batch may be smaller. */
export function* batchesInOrder(data: Dataset, batchSize: number): Generator<Batch> {
  const n = exampleCount(data);
  for (let start = 0; start < n; start += batchSize) {
    if (batchSize === 1) yield oneExample(data, start);
    else yield rowsAsBatch(data, start, Math.min(start + batchSize, n));
  }
}

const oneExample = ({ inputs, labels }: Dataset, i: number): Batch => ({
  x: new Tensor(inputs.row(i)),
  gold: labels[i]!,
  size: 1,
});

/** The few labels are copied, so that a plain list of them does as well. */
const rowsAsBatch = ({ inputs, labels }: Dataset, start: number, end: number): Batch => ({
  x: new Tensor(inputs.rows(start, end)),
  gold: labels.slice(start, end),
  size: end - start,
});

/** What a network made of a batch: the mean loss, still differentiable, and how many examples it got right. */
export function judge(network: Module, { x, gold }: Batch): { readonly loss: Tensor; readonly right: number } {
  const logits = network.forward(x);
  return { loss: nll(logits, gold), right: countRight(logits, gold) };
}

function countRight(logits: Tensor, gold: number | Uint8Array): number {
  const classes = logits.shape[logits.shape.length - 1]!;
  if (typeof gold === "number") return logits.largestFrom(0, classes) === gold ? 1 : 0;
  let right = 0;
  for (let row = 0; row < gold.length; row++) {
    if (logits.largestFrom(row * classes, classes) === gold[row]) right++;
  }
  return right;
}
