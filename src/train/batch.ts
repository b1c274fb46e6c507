// What a network is shown at once: one example, or several as the rows of a batch; and what it made of them.
import { nll } from "../autograd/ops.js";
import { Tensor } from "../autograd/tensor.js";
import { type Dataset, exampleCount, selectExamples } from "../datasets/dataset.js";
import type { NdArray } from "../nd/nd-array.js";
import type { Module } from "../nn/module.js";

export interface Batch {
  /** `[…features]` of one example, or `[b, …features]`. */
  readonly x: NdArray;
  /** Its class, or the b classes. */
  readonly gold: number | Uint8Array;
  /** How many examples. */
  readonly size: number;
}

/** The examples `order[start] … order[end − 1]`: with `batchSize` 1 a row as it is, a VIEW, else a batch of copied rows. */
export function batchOf(data: Dataset, order: Uint32Array, batchSize: number, start: number): Batch {
  if (batchSize === 1) return oneExample(data, order[start]!);
  const { inputs, labels } = selectExamples(data, order.subarray(start, start + batchSize));
  return { x: inputs, gold: labels, size: labels.length };
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
  x: inputs.row(i),
  gold: labels[i]!,
  size: 1,
});

/** The few labels are copied, so that a plain list of them does as well. */
const rowsAsBatch = ({ inputs, labels }: Dataset, start: number, end: number): Batch => ({
  x: inputs.rows(start, end),
  gold: labels.slice(start, end),
  size: end - start,
});

/** What a network made of a batch: the mean loss, still differentiable, and how many examples it got right. */
export function judge(network: Module, { x, gold }: Batch): { readonly loss: Tensor; readonly right: number } {
  const logits = network.forward(new Tensor(x));
  return { loss: nll(logits, gold), right: countRight(logits, gold) };
}

function countRight(logits: Tensor, gold: number | Uint8Array): number {
  const classes = logits.shape[logits.shape.length - 1]!;
  if (typeof gold === "number") return largestOf(logits, 0, classes) === gold ? 1 : 0;
  return gold.reduce((right, label, i) => (largestOf(logits, i * classes, classes) === label ? right + 1 : right), 0);
}

/** The place of the largest of `n` elements from `start` on; the first of equals, and of a NaN if there is one, as `argmax`. */
function largestOf(x: Tensor, start: number, n: number): number {
  let best = 0;
  let champion = x.elementAt(start);
  for (let i = 1; i < n && !Number.isNaN(champion); i++) {
    const candidate = x.elementAt(start + i);
    if (candidate <= champion) continue;
    best = i;
    champion = candidate;
  }
  return best;
}
