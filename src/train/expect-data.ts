// Checks before a network meets examples: there are some, they fit, and their labels are classes of the network.
import { noGrad, Tensor } from "../autograd/tensor.js";
import { type Dataset, exampleCount } from "../datasets/dataset.js";
import { describeValue } from "../nd/describe.js";
import type { NdArray } from "../nd/nd-array.js";
import { formatShape, type Shape, ShapeError, sameShape } from "../nd/shape.js";
import type { Module } from "../nn/module.js";
import { inMode } from "./mode.js";

/** Checks that there is an example, and a list of as many labels as rows. */
export function expectExamples(where: string, name: string, data: Dataset): void {
  if (!(Array.isArray(data.labels) || ArrayBuffer.isView(data.labels))) {
    throw new TypeError(
      `${where}: ${name}.labels must be a Uint8Array, received ${describeValue(data.labels)}: Uint8Array.from(…) makes one`,
    );
  }
  const n = exampleCount(data);
  if (n === 0) throw new RangeError(`${where}: ${name} holds no example`);
  if (data.inputs.shape[0] === n) return;
  throw new ShapeError(`${where}: ${name} has ${n} labels but inputs of shape ${formatShape(data.inputs.shape)}`);
}

/** Checks that the network makes scores of the first example, and that every label is one of their classes. */
export function expectFit(where: string, name: string, network: Module, data: Dataset, batchSize: number): void {
  const classes = expectScores(where, name, network, data.inputs, batchSize);
  const wrong = data.labels.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (wrong < 0) return;
  const label: unknown = data.labels[wrong];
  const problem = `${where}: example ${wrong} of ${name} has label ${label === undefined ? "undefined" : describeValue(label)}`;
  if (!(Number.isInteger(label) && (label as number) >= 0)) {
    throw new RangeError(`${problem}: expected the number of its class, from 0 to ${classes - 1}`);
  }
  throw new RangeError(
    `${problem}, but the network gives ${classes} scores (classes 0 to ${classes - 1}): give it as many outputs as there are classes`,
  );
}

/** Shows the first of some examples to the network, in evaluation mode; returns how many scores it gives, one a class. */
export function expectScores(where: string, name: string, network: Module, inputs: NdArray, batchSize: number): number {
  const x = batchSize === 1 ? inputs.row(0) : inputs.rows(0, 1);
  const shape = outputShape(where, name, network, x);
  const expected = batchSize === 1 ? [shape[0] ?? 0] : [1, shape[1] ?? 0];
  if (sameShape(shape, expected) && shape.at(-1)! > 0) return shape.at(-1)!;
  throw new ShapeError(
    `${where}: the network makes ${formatShape(shape)} of ${formatShape(x.shape)}: expected one score for each class, ${batchSize === 1 ? "[k]" : "[1, k]"}`,
  );
}

function outputShape(where: string, name: string, network: Module, x: NdArray): Shape {
  try {
    return inMode("evaluation", network, () => noGrad(() => network.forward(new Tensor(x)))).shape;
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new ShapeError(`${where}: the network refuses the first example of ${name}: ${error.message}`);
  }
}
