// Checks before a network meets examples: there are some, they fit, and their labels are classes of the network.
import { noGrad, Tensor } from "../autograd/tensor.js";
import { type Dataset, exampleCount } from "../datasets/dataset.js";
import type { NdArray } from "../nd/nd-array.js";
import { formatShape, type Shape, ShapeError, sameShape } from "../nd/shape.js";
import type { Module } from "../nn/module.js";
import { inMode } from "./mode.js";

/** Checks that there is an example, and as many labels as rows. */
export function expectExamples(where: string, name: string, data: Dataset): void {
  const n = exampleCount(data);
  if (n === 0) throw new RangeError(`${where}: ${name} holds no example`);
  if (data.inputs.shape[0] === n) return;
  throw new ShapeError(`${where}: ${name} has ${n} labels but inputs of shape ${formatShape(data.inputs.shape)}`);
}

/** Checks that the network makes scores of the first example, and that every label is one of their classes. */
export function expectFit(where: string, name: string, network: Module, data: Dataset, batchSize: number): void {
  const classes = expectScores(where, name, network, data.inputs, batchSize);
  const wrong = data.labels.findIndex((label) => label >= classes);
  if (wrong < 0) return;
  throw new RangeError(
    `${where}: example ${wrong} of ${name} has label ${data.labels[wrong]}, but the network gives ${classes} scores (classes 0 to ${classes - 1}): give it as many outputs as there are classes`,
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
