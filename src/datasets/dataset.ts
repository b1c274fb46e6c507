// Examples with labels, and how to take some of them. Inputs and labels go together: the i-th row has the i-th label.
import { zeros } from "../nd/creation.js";
import type { Data } from "../nd/dtype.js";
import type { NdArray } from "../nd/nd-array.js";
import { ShapeError, sizeOf } from "../nd/shape.js";

/** Examples to classify. */
export interface Dataset {
  /** `[n, …features]`: one example a row. */
  readonly inputs: NdArray;
  /** `[n]`: the class of each example, an index into `classNames`. */
  readonly labels: Uint8Array;
  readonly classNames: readonly string[];
}

/** Examples with a number to predict. */
export interface RegressionSet {
  /** `[n, k]` */
  readonly inputs: NdArray;
  /** `[n, 1]`, the shape of a network's output for n examples. */
  readonly targets: NdArray;
}

export const exampleCount = (data: Dataset): number => data.labels.length;

/** The first `n` examples, as VIEWS: nothing is copied. */
export const takeExamples = (data: Dataset, n: number): Dataset => examplesBetween(data, 0, n);

/** The first `n` examples and the others, as VIEWS. The order is kept: shuffle first if the file is sorted by class. */
export function splitExamples(data: Dataset, n: number): [Dataset, Dataset] {
  return [takeExamples(data, n), examplesBetween(data, n, exampleCount(data))];
}

/** The examples at `indices`, in that order, as COPIES: `selectExamples(data, random.permutation(100))`. */
export function selectExamples(data: Dataset, indices: ArrayLike<number>): Dataset {
  const { inputs, labels, classNames } = data;
  const chosen = zeros([indices.length, ...inputs.shape.slice(1)], { dtype: inputs.dtype });
  const classes = new Uint8Array(indices.length);
  for (let k = 0; k < indices.length; k++) classes[k] = labels[expectIndex(indices[k]!, labels.length)]!;
  copyExamples(chosen.data, 0, inputs, indices);
  return { inputs: chosen, labels: classes, classNames };
}

/** Copies the examples at `indices`, which exist, one after the other into `target`, from its element `first` on. */
export function copyExamples(target: Data, first: number, { data, shape }: NdArray, indices: ArrayLike<number>): void {
  const width = sizeOf(shape.slice(1));
  for (let k = 0; k < indices.length; k++) {
    const start = indices[k]! * width;
    target.set(data.subarray(start, start + width), first + k * width);
  }
}

/** Each example as a vector, as a VIEW: `[n, 28, 28] → [n, 784]`. */
export function flattenInputs(data: Dataset): Dataset {
  const [n = 0, ...features] = data.inputs.shape;
  return { ...data, inputs: data.inputs.reshape([n, sizeOf(features)]) };
}

/** How many examples each class has, in the order of `classNames`. */
export function countClasses({ labels, classNames }: Pick<Dataset, "labels" | "classNames">): number[] {
  const counts = new Array<number>(classNames.length).fill(0);
  for (const label of labels) counts[label]!++;
  return counts;
}

function examplesBetween({ inputs, labels, classNames }: Dataset, start: number, end: number): Dataset {
  return { inputs: inputs.rows(start, end), labels: labels.subarray(start, end), classNames };
}

function expectIndex(index: number, n: number): number {
  if (Number.isInteger(index) && index >= 0 && index < n) return index;
  throw new ShapeError(`selectExamples: no example ${index} among ${n} (expected whole numbers in [0, ${n}))`);
}
