// What a network is shown at once: one example, or several as the rows of a batch; and what it made of them.
import { nll } from "../autograd/ops.js";
import { passing, type Tensor } from "../autograd/tensor.js";
import type { Dataset } from "../datasets/dataset.js";
import type { Shape } from "../nd/shape.js";
import type { Module } from "../nn/module.js";
import { batchTensor, exampleTensor, letGo } from "./example-batch.js";

export interface Batch {
  /** `[…features]` of one example, or `[b, …features]`. */
  readonly x: Tensor;
  /** Its class, or the b classes. */
  readonly gold: number | Uint8Array;
  /** How many examples. */
  readonly size: number;
}

/** A data set as batches of examples in some order, COPIED; the last batch may be smaller. */
export class Batches {
  readonly count: number;
  readonly #data: Dataset;
  readonly #order: Uint32Array;
  readonly #batchSize: number;
  /** Of one example. */
  readonly #shape: Shape;

  constructor(data: Dataset, order: Uint32Array, batchSize: number) {
    this.count = Math.ceil(order.length / batchSize);
    this.#data = data;
    this.#order = order;
    this.#batchSize = batchSize;
    this.#shape = data.inputs.shape.slice(1);
  }

  /** Which examples a batch has. */
  indicesOf(batch: number): Uint32Array {
    return this.#order.subarray(batch * this.#batchSize, (batch + 1) * this.#batchSize);
  }

  at(batch: number): Batch {
    const { inputs, labels } = this.#data;
    if (this.#batchSize === 1) {
      const example = this.#order[batch]!;
      return { x: exampleTensor(inputs, example, this.#shape), gold: labels[example]!, size: 1 };
    }
    const indices = this.indicesOf(batch);
    const gold = new Uint8Array(indices.length);
    for (let k = 0; k < gold.length; k++) gold[k] = labels[indices[k]!]!;
    return { x: batchTensor(inputs, indices), gold, size: gold.length };
  }
}

/** The mean loss over a batch, still differentiable, and how many examples were got right. */
export interface Judgement {
  readonly loss: Tensor;
  readonly right: number;
}

/** What a network makes of a batch, whose memory is given back: the graph holds what it needs of it. */
export function judge(network: Module, { x, gold }: Batch): Judgement {
  try {
    const logits = network.forward(x);
    if (network.isUnwatched) passing(logits);
    return { loss: passing(nll(logits, gold)), right: countRight(logits, gold) };
  } finally {
    letGo(x);
  }
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
