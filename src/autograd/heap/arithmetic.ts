// Arithmetic by the kernels, where nothing broadcasts but a constant number; the rest is for the formulas.
import { type Block, floats, kernels, release, retain, take } from "../../kernels/heap.js";
import type { AxisOptions } from "../../nd/nd-array.js";
import { type Shape, sizeOf } from "../../nd/shape.js";
import { target } from "../arrivals.js";
import type { Computed, HeapTwin } from "../operation.js";
import type { Tensor } from "../tensor.js";
import { borrow, computed, computedNumber, haveSameShape, spillSaved } from "./borrow.js";

type Binary = HeapTwin<undefined>;
type Unary = HeapTwin<undefined>;

/** A number beside a tensor, that needs no gradient. */
const isConstantNumber = (x: Tensor): boolean => x.shape.length === 0 && !x.requireGrad;

/** `y = f(a, b)`, of one shape, by a kernel that needs no operand again on the way back. */
function combine(a: Tensor, b: Tensor, kernel: (y: number, a: number, b: number, n: number) => void): Computed {
  const left = borrow(a);
  const right = borrow(b);
  const y = take(a.size);
  kernel(y.pointer, left.pointer, right.pointer, a.size);
  release(left);
  release(right);
  return computed(a.shape, y);
}

function shifted(x: Tensor, by: number): Computed {
  const operand = borrow(x);
  const y = take(x.size);
  kernels.shift(y.pointer, operand.pointer, by, x.size);
  release(operand);
  return computed(x.shape, y);
}

/** Adds `factor · g` to the gradient of an input of the shape of g. */
function passOn(input: Tensor, g: Block, factor: number): void {
  if (!input.requireGrad) return;
  const add = input.hasArrived();
  kernels.scale(target(input), g.pointer, factor, input.size, add);
}

export const add: Binary = {
  forward(inputs) {
    const a = inputs[0]!;
    const b = inputs[1]!;
    if (haveSameShape(a, b)) return combine(a, b, kernels.add);
    return isConstantNumber(b) ? shifted(a, b.item()) : undefined;
  },
  backward(step, g) {
    const a = step.inputs[0]!;
    const b = step.inputs[1]!;
    passOn(a, g, 1);
    passOn(b, g, 1);
  },
};

export const sub: Binary = {
  forward(inputs) {
    const a = inputs[0]!;
    const b = inputs[1]!;
    if (haveSameShape(a, b)) return combine(a, b, kernels.sub);
    return isConstantNumber(b) ? shifted(a, -b.item()) : undefined;
  },
  backward(step, g) {
    const a = step.inputs[0]!;
    const b = step.inputs[1]!;
    passOn(a, g, 1);
    passOn(b, g, -1);
  },
};

/** Saves the factor that the other one's gradient needs; a constant number is read again. */
export const mul: Binary = {
  forward(inputs) {
    const a = inputs[0]!;
    const b = inputs[1]!;
    if (isConstantNumber(b) && a.shape.length > 0) return scaled(a, b.item());
    if (!haveSameShape(a, b)) return undefined;
    const left = borrow(a);
    const right = borrow(b);
    const y = take(a.size);
    kernels.mul(y.pointer, left.pointer, right.pointer, a.size, false);
    return computed(a.shape, y, unlessConstant(left, b), unlessConstant(right, a));
  },
  backward(step, g) {
    const a = step.inputs[0]!;
    const b = step.inputs[1]!;
    if (step.first === undefined && step.second === undefined) passOn(a, g, b.item());
    if (step.second !== undefined && a.requireGrad) multiply(a, g, step.second);
    if (step.first !== undefined && b.requireGrad) multiply(b, g, step.first);
  },
  spill: spillSaved,
};

/** `block`, saved for the gradient of `other`, unless that needs none. */
function unlessConstant(block: Block, other: Tensor): Block | undefined {
  if (other.requireGrad) return block;
  release(block);
  return undefined;
}

function scaled(x: Tensor, factor: number): Computed {
  const operand = borrow(x);
  const y = take(x.size);
  kernels.scale(y.pointer, operand.pointer, factor, x.size, false);
  release(operand);
  return computed(x.shape, y);
}

/** Adds `g ⊙ factor` to the gradient of an input of the shape of g. */
export function multiply(input: Tensor, g: Block, factor: Block): void {
  const add = input.hasArrived();
  kernels.mul(target(input), g.pointer, factor.pointer, input.size, add);
}

/** Saves the divisor; the quotient is the output. */
export const div: Binary = {
  forward(inputs) {
    const a = inputs[0]!;
    const b = inputs[1]!;
    if (!haveSameShape(a, b)) return undefined;
    const left = borrow(a);
    const right = borrow(b);
    const y = take(a.size);
    kernels.div(y.pointer, left.pointer, right.pointer, a.size, false);
    release(left);
    return computed(a.shape, y, undefined, right);
  },
  backward(step, g) {
    const a = step.inputs[0]!;
    const b = step.inputs[1]!;
    const { second, output } = step;
    if (a.requireGrad) divide(a, g, second!);
    if (!b.requireGrad) return;
    const product = take(b.size);
    kernels.mul(product.pointer, g.pointer, output.block!.pointer, b.size, false);
    kernels.scale(product.pointer, product.pointer, -1, b.size, false);
    divide(b, product, second!);
    release(product);
  },
  spill: spillSaved,
};

function divide(input: Tensor, g: Block, divisor: Block): void {
  const add = input.hasArrived();
  kernels.div(target(input), g.pointer, divisor.pointer, input.size, add);
}

export const exp: Unary = {
  forward(inputs) {
    const x = inputs[0]!;
    const operand = borrow(x);
    const y = take(x.size);
    kernels.exp(y.pointer, operand.pointer, x.size);
    release(operand);
    return computed(x.shape, y);
  },
  backward(step, g) {
    const x = step.inputs[0]!;
    const { output } = step;
    multiply(x, g, output.block!);
  },
};

export const log: Unary = {
  forward(inputs) {
    const x = inputs[0]!;
    const operand = borrow(x);
    const y = take(x.size);
    kernels.log(y.pointer, operand.pointer, x.size);
    return computed(x.shape, y, operand);
  },
  backward(step, g) {
    const x = step.inputs[0]!;
    const { first } = step;
    divide(x, g, first!);
  },
  spill: spillSaved,
};

/** The same numbers in the same place under another shape; not those of a parameter, which an optimiser moves. */
export const reshape: HeapTwin<Shape> = {
  forward(inputs, shape) {
    const x = inputs[0]!;
    const isResult = x.block !== undefined && x.array === undefined && !(x.requireGrad && x.step === undefined);
    return isResult && isFull(shape, x.size) ? computed([...shape], retain(x.block!)) : undefined; // the caller may go on to change its list
  },
  backward(step, g) {
    const x = step.inputs[0]!;
    passOn(x, g, 1);
  },
};

/** Whether a shape says every length, and holds so many elements. */
const isFull = (shape: Shape, size: number): boolean =>
  Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && length >= 0) && sizeOf(shape) === size;

export const sum: HeapTwin<AxisOptions | undefined> = {
  forward: (inputs, options) => (options === undefined ? computedNumber(total(inputs[0]!)) : undefined),
  backward: (step, g) => spread(step.inputs[0]!, firstNumber(g)),
};

export const mean: HeapTwin<AxisOptions | undefined> = {
  forward: (inputs, options) =>
    options === undefined ? computedNumber(total(inputs[0]!) / inputs[0]!.size) : undefined,
  backward: (step, g) => spread(step.inputs[0]!, firstNumber(g) * Math.fround(1 / step.inputs[0]!.size)),
};

function total(x: Tensor): number {
  const operand = borrow(x);
  const sum = kernels.sum(operand.pointer, x.size);
  release(operand);
  return sum;
}

/** Every element of a sum has the gradient of the sum. */
function spread(x: Tensor, g: number): void {
  const add = x.hasArrived();
  kernels.fill(target(x), g, x.size, add);
}

export const firstNumber = (block: Block): number => floats[block.pointer >>> 2]!;
