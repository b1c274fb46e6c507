// What random programs do to tensors: the operations of the library, and three that a student may have written.

import type { Operation } from "../src/autograd/operation.js";
import * as ops from "../src/autograd/ops.js";
import { apply, noGrad, Tensor } from "../src/autograd/tensor.js";
import { NdArray } from "../src/nd/nd-array.js";
import { Parameter } from "../src/nn/parameter.js";

/** Rows of a batch, features, classes. */
export type Sizes = readonly [rows: number, features: number, classes: number];

/** An operation of the library, and what it takes. */
export interface Trial {
  readonly first?: (x: Tensor) => boolean;
  readonly second?: (x: Tensor, first: Tensor) => boolean;
  readonly third?: (x: Tensor, first: Tensor) => boolean;
  /** Whether rounding stays harmless. */
  readonly isSafe?: (a: NdArray, b: NdArray) => boolean;
  compute(a: Tensor, b: Tensor, c: Tensor, sizes: Sizes): Tensor;
}

const isMatrix = (x: Tensor) => x.shape.length === 2;
const isLogits = (x: Tensor) => x.shape.length > 0 && x.shape.length <= 2 && x.shape.at(-1)! > 0;
const isComputed = (x: Tensor) => x.step !== undefined;
const isWeight = (x: Tensor) => isMatrix(x) && x instanceof Parameter;
const broadcasts = (x: Tensor, { shape }: Tensor) => {
  const [short, long] = x.shape.length < shape.length ? [x.shape, shape] : [shape, x.shape];
  return short.every((n, i) => {
    const m = long[long.length - short.length + i]!;
    return n === m || n === 1 || m === 1;
  });
};
const likewise = (x: Tensor, { shape }: Tensor) => x.shape.join() === shape.join();

export const operations: Readonly<Record<string, Trial>> = {
  add: { second: broadcasts, compute: (a, b) => a.add(b) },
  addAlike: { second: likewise, compute: (a, b) => ops.add(a, b) },
  addArray: { second: likewise, compute: (a, b) => a.add(b.data) },
  addNumber: { compute: (a) => a.add(0.5) },
  numberMinus: { compute: (a) => ops.sub(0.5, a) },
  sub: { second: broadcasts, compute: (a, b) => a.sub(b) },
  mul: { second: broadcasts, compute: (a, b) => a.mul(b) },
  mulAlike: { second: likewise, compute: (a, b) => a.mul(b) },
  square: { compute: (a) => a.mul(a) },
  half: { compute: (a) => a.mul(0.5) },
  div: { second: broadcasts, isSafe: (_, b) => smallest(b) > 0.2, compute: (a, b) => a.div(b) },
  divAlike: { second: likewise, isSafe: (_, b) => smallest(b) > 0.2, compute: (a, b) => a.div(b) },
  power: { compute: (a) => a.power(2) },
  exp: { isSafe: (a) => isSmall(a, 4), compute: (a) => a.exp() },
  log: { isSafe: (a) => isPositive(a), compute: (a) => a.log() },
  tanh: { compute: (a) => ops.tanh(a) },
  sigmoid: { compute: (a) => ops.sigmoid(a) },
  relu: { compute: (a) => ops.relu(a) },
  softmax: { first: isLogits, compute: (a) => ops.softmax(a) },
  nll: {
    first: isLogits,
    compute: (a) => (isMatrix(a) ? ops.nll(a, labels(a.shape[0]!, a.shape[1]!)) : ops.nll(a, a.size >> 1)),
  },
  masked: {
    compute: (a) =>
      ops.masked(
        a,
        new NdArray(
          Float32Array.from(a.data.data, (_, i) => i % 3),
          a.shape,
        ),
      ),
  },
  sum: { compute: (a) => a.sum() },
  mean: { first: ({ size }) => size > 0, compute: (a) => a.mean() },
  sumRows: { first: isMatrix, compute: (a) => a.sum({ axis: 0 }) },
  sumColumns: { first: isMatrix, compute: (a) => a.sum({ axis: -1, keepDims: true }) },
  reshape: { first: isComputed, compute: (a) => a.reshape([1, a.size]) },
  flatten: { first: isComputed, compute: (a) => a.reshape([-1]) },
  transpose: { first: isMatrix, compute: (a) => a.transpose() },
  matmul: { first: isMatrix, second: (b, a) => a.shape[1] === b.shape[0], compute: (a, b) => a.matmul(b) },
  misfit: { first: isMatrix, compute: (a, b) => a.matmul(b) },
  affine: {
    first: isWeight,
    second: (b, W) => b.shape.length === 1 && b.shape[0] === W.shape[0] && b.requireGrad,
    third: (x, W) => x.shape.length > 0 && x.shape.length <= 2 && x.shape.at(-1) === W.shape[1],
    compute: (W, b, x) => ops.affine(W, b, x),
  },
  custom: { compute: (a) => apply(doubled, [a], undefined) },
  inner: { compute: (a) => apply(inner, [a], undefined) },
  passed: { compute: (a) => apply(passed, [a], undefined) },
};

const smallest = ({ data }: NdArray) => Math.min(1, ...[...data].map(Math.abs));
const isPositive = ({ data }: NdArray) => data.every((value) => value > 0.2);
const labels = (n: number, classes: number) => Uint8Array.from({ length: n }, (_, i) => (i * 7) % classes);

export const isSmall = ({ data }: NdArray, bound: number) => data.every((value) => Math.abs(value) <= bound);

/** Doubles, by an operation that a student wrote. */
const doubled: Operation = {
  name: "doubled",
  forward: ([x]) => x!.mul(2),
  backward: (g) => g.mul(2),
};

/** A tanh whose way back is a graph of its own. */
const inner: Operation = {
  name: "inner",
  forward: ([x]) => noGrad(() => ops.tanh(new Tensor(x!)).data),
  backward: (g, _, [x]) => {
    const again = new Tensor(x!.clone(), { requireGrad: true });
    ops.tanh(again).backward(g);
    return again.gradient!;
  },
};

/** Passes through: its gradient is the very array that came. */
const passed: Operation = { name: "passed", forward: ([x]) => x!.clone(), backward: (g) => g };
