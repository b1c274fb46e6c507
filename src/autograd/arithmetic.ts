// The arithmetic of tensors as operations on arrays, each with its gradient, broadcasting included.

import { full, zerosLike } from "../nd/creation.js";
import * as nd from "../nd/math.js";
import type { AxisOptions, NdArray } from "../nd/nd-array.js";
import { normaliseAxis, type Shape, sameShape } from "../nd/shape.js";
import * as heap from "./heap/arithmetic.js";
import { matmul as matmulOnHeap } from "./heap/matmul.js";
import type { Operation } from "./operation.js";

export const add: Operation = {
  name: "+",
  onHeap: heap.add,
  forward: ([a, b]) => a!.add(b!),
  backward: (g, i, inputs) => sumTo(g, inputs[i]!.shape),
};

export const sub: Operation = {
  name: "−",
  onHeap: heap.sub,
  forward: ([a, b]) => a!.sub(b!),
  backward: (g, i, inputs) => sumTo(i === 0 ? g : g.neg(), inputs[i]!.shape),
};

/** `∂(ab)/∂a = b`. */
export const mul: Operation = {
  name: "×",
  onHeap: heap.mul,
  forward: ([a, b]) => a!.mul(b!),
  backward: (g, i, inputs) => sumTo(g.mul(inputs[1 - i]!), inputs[i]!.shape),
};

/** `∂(a/b)/∂a = 1/b`, `∂(a/b)/∂b = −(a/b)/b`. */
export const div: Operation = {
  name: "÷",
  onHeap: heap.div,
  forward: ([a, b]) => a!.div(b!),
  backward: (g, i, [a, b], quotient) =>
    i === 0 ? sumTo(g.div(b!), a!.shape) : sumTo(g.mul(quotient.neg()).div(b!), b!.shape),
};

/** `∂xᵖ/∂x = p xᵖ⁻¹`; 0 for p = 0, at x = 0 too. */
export const power: Operation<number> = {
  name: "power",
  forward: ([x], exponent) => nd.power(x!, exponent),
  backward: (g, _, [x], __, exponent) =>
    exponent === 0 ? zerosLike(x!) : g.mul(nd.power(x!, exponent - 1)).mul(exponent),
};

/** The exponential is its own derivative. */
export const exp: Operation = {
  name: "exp",
  onHeap: heap.exp,
  forward: ([x]) => nd.exp(x!),
  backward: (g, _, __, y) => g.mul(y),
};

export const log: Operation = {
  name: "log",
  onHeap: heap.log,
  forward: ([x]) => nd.log(x!),
  backward: (g, _, [x]) => g.div(x!),
};

/** `C = A B`: `gA = g Bᵀ`, `gB = Aᵀ g`; a vector counts as a row on the left and as a column on the right. */
export const matmul: Operation = {
  name: "matmul",
  onHeap: matmulOnHeap,
  forward: ([a, b]) => a!.matmul(b!),
  backward: (g, i, [a, b]) => {
    const rows = a!.ndim === 1 ? a!.reshape([1, -1]) : a!;
    const columns = b!.ndim === 1 ? b!.reshape([-1, 1]) : b!;
    const gMatrix = g.reshape([rows.shape[0]!, columns.shape[1]!]);
    const gradient = i === 0 ? gMatrix.matmul(columns.transpose()) : rows.transpose().matmul(gMatrix);
    return gradient.reshape([a!, b!][i]!.shape);
  },
};

export const transpose: Operation = {
  name: "transpose",
  forward: ([x]) => x!.transpose(),
  backward: (g) => g.transpose(),
};

export const reshape: Operation<Shape> = {
  name: "reshape",
  onHeap: heap.reshape,
  forward: ([x], shape) => x!.reshape(shape),
  backward: (g, _, [x]) => g.reshape(x!.shape),
};

/** Every element of a sum has the gradient of the sum. */
export const sum: Operation<AxisOptions | undefined> = {
  name: "sum",
  onHeap: heap.sum,
  forward: ([x], options) => (options === undefined ? scalar(nd.sum(x!), x!) : nd.sum(x!, options)),
  backward: (g, _, [x], __, options) => spread(g, x!, options),
};

export const mean: Operation<AxisOptions | undefined> = {
  name: "mean",
  onHeap: heap.mean,
  forward: ([x], options) => (options === undefined ? scalar(nd.mean(x!), x!) : nd.mean(x!, options)),
  backward: (g, _, [x], y, options) => spread(g, x!, options).mul(y.size / x!.size),
};

const scalar = (value: number, like: NdArray): NdArray => full([], value, { dtype: like.dtype });

/** `g`, stretched back over the axis that was reduced. */
function spread(g: NdArray, x: NdArray, options: AxisOptions | undefined): NdArray {
  const axis = options === undefined ? undefined : normaliseAxis("sum", options.axis, x.ndim);
  const kept = x.shape.map((length, k) => (axis === undefined || k === axis ? 1 : length));
  return full(x.shape, 1, { dtype: x.dtype }).mul(g.reshape(kept));
}

/** `g`, summed over the axes along which broadcasting stretched an operand of this shape. */
function sumTo(g: NdArray, shape: Shape): NdArray {
  if (sameShape(g.shape, shape)) return g;
  const added = g.ndim - shape.length;
  let total = g;
  for (let axis = 0; axis < g.ndim; axis++) {
    const stretched = axis < added || (shape[axis - added] === 1 && g.shape[axis] !== 1);
    if (stretched) total = total.sum({ axis, keepDims: true });
  }
  return total.reshape(shape);
}
