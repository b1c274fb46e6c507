// Tensor: an array that remembers how it was computed, so that `backward` can say how a loss depends on it.
import { array, full } from "../nd/creation.js";
import { describeValue } from "../nd/describe.js";
import type { DType } from "../nd/dtype.js";
import { type AxisOptions, NdArray, type NestedArray } from "../nd/nd-array.js";
import { formatShape, type Shape, ShapeError, sameShape } from "../nd/shape.js";
import * as arithmetic from "./arithmetic.js";
import type { Operation } from "./operation.js";
import { type Step, Tape } from "./tape.js";

/** What stands beside a tensor in an operation: arrays and numbers are constants. */
export type Operand = Tensor | NdArray | number;

export interface TensorOptions {
  /** Whether gradients are wanted: true for what is learnt. */
  readonly requireGrad?: boolean;
  /** As drawings and messages show it. */
  readonly name?: string;
}

const tape = new Tape();
let recording = true;

/**
 * A node of the computational graph. Operations on tensors that require a gradient are recorded; {@link Tensor.backward}
 * goes through them from the last to the first and leaves in `gradient` how the result depends on each tensor.
 *
 * @example
 * const x = new Tensor(1, { requireGrad: true });
 * const y = x.add(2);
 * y.mul(y).mul(2).backward();
 * x.gradient // 12.
 */
export class Tensor {
  readonly data: NdArray;
  readonly requireGrad: boolean;
  readonly name: string | undefined;
  /** The gradients that have arrived so far, summed; undefined before the first. */
  gradient: NdArray | undefined;
  /** How it was computed; undefined for a leaf, and once `backward` has gone through it. */
  step: Step | undefined;
  #isReleased = false;

  /** Wraps an array without a copy; numbers and nested lists become one. */
  constructor(data: NdArray | NestedArray, { requireGrad = false, name }: TensorOptions = {}) {
    this.data = data instanceof NdArray ? data : array(data);
    this.requireGrad = requireGrad;
    this.name = name;
  }

  get shape(): Shape {
    return this.data.shape;
  }

  get dtype(): DType {
    return this.data.dtype;
  }

  /** The name of the operation that computed it; undefined for a leaf. */
  get operation(): string | undefined {
    return this.step?.operation.name;
  }

  /** What it was computed from; nothing for a leaf. */
  get inputs(): readonly Tensor[] {
    return this.step?.inputs ?? [];
  }

  /** Whether `backward` has gone through it: its values stay, the graph behind it is gone. */
  get isReleased(): boolean {
    return this.#isReleased;
  }

  /** The number of a tensor that holds one. Throws {@link ShapeError} when it holds more. */
  item(): number {
    if (this.data.size !== 1) {
      throw new ShapeError(`item: expected one element, this tensor has shape ${formatShape(this.shape)}`);
    }
    return this.data.data[0]!;
  }

  /** The same values as a constant: no gradient flows through it. */
  detach(): Tensor {
    return new Tensor(this.data);
  }

  // Gradients

  /** Forgets the gradient. */
  zeroGrad(): void {
    this.gradient = undefined;
  }

  /** `gradient += g`, without keeping `g` itself. Throws {@link ShapeError} when g has another shape. */
  accumulateGradient(g: NdArray): void {
    expectGradientOf("accumulateGradient", this, g);
    if (this.gradient === undefined) this.gradient = g.clone();
    else this.gradient.add_(g);
  }

  /**
   * Computes the gradient of this tensor with respect to every tensor it comes from, and adds it to their `gradient`.
   * The graph is released on the way: compute again before the next `backward`. When an operation fails, no gradient changes.
   * The arrays are read again on the way back: do not write to one between the forward pass and this call.
   *
   * @param g gradient with respect to this tensor; 1 by default, which asks for a scalar
   * @throws ShapeError when g has another shape
   * @throws GraphError when nothing here requires a gradient, or when an earlier `backward` has released a part of the graph
   */
  backward(g: NdArray | number = 1): void {
    if (!this.requireGrad) {
      throw new GraphError(
        "backward: nothing this tensor was computed from requires a gradient (requireGrad: true), or it was computed inside noGrad or from detached tensors",
      );
    }
    this.expectGraph();
    const arrived = new Map<Tensor, NdArray>([[this, seedOf(this, g)]]);
    const steps = this.step === undefined ? [] : flowBack(this.step, arrived);
    for (const tensor of arrived.keys()) {
      if (tensor.gradient !== undefined) expectGradientOf("backward, to what is in gradient", tensor, tensor.gradient);
    }
    for (const [tensor, gradient] of arrived) {
      if (tensor.gradient === undefined) tensor.gradient = gradient;
      else tensor.gradient.add_(gradient);
    }
    tape.release(steps);
    for (const { output } of steps) output.#release();
  }

  /** Throws {@link GraphError} when an earlier `backward` has gone through this tensor. */
  expectGraph(): void {
    if (!this.#isReleased) return;
    const what = this.name === undefined ? `this tensor ${formatShape(this.shape)}` : `"${this.name}"`;
    throw new GraphError(
      `backward: an earlier backward() has gone through ${what} and released its graph: compute it again first, or use detach() to hold it constant`,
    );
  }

  #release(): void {
    this.step = undefined;
    this.#isReleased = true;
  }

  // Arithmetic, with NumPy's broadcasting

  add(other: Operand): Tensor {
    return apply(arithmetic.add, [this, asTensor(other, this.dtype)], undefined);
  }

  sub(other: Operand): Tensor {
    return apply(arithmetic.sub, [this, asTensor(other, this.dtype)], undefined);
  }

  /** Elementwise product; the matrix product is {@link Tensor.matmul}. */
  mul(other: Operand): Tensor {
    return apply(arithmetic.mul, [this, asTensor(other, this.dtype)], undefined);
  }

  div(other: Operand): Tensor {
    return apply(arithmetic.div, [this, asTensor(other, this.dtype)], undefined);
  }

  neg(): Tensor {
    return this.mul(-1);
  }

  /** `xᵖ`, element by element, for a constant p. */
  power(exponent: number): Tensor {
    if (typeof exponent !== "number") {
      throw new TypeError(`power: the exponent must be a number, received ${describeValue(exponent)}`);
    }
    return apply(arithmetic.power, [this], exponent);
  }

  exp(): Tensor {
    return apply(arithmetic.exp, [this], undefined);
  }

  log(): Tensor {
    return apply(arithmetic.log, [this], undefined);
  }

  /** Matrix product of vectors and matrices, as {@link NdArray.matmul}. */
  matmul(other: Tensor | NdArray): Tensor {
    return apply(arithmetic.matmul, [this, asTensor(other, this.dtype)], undefined);
  }

  transpose(): Tensor {
    return apply(arithmetic.transpose, [this], undefined);
  }

  reshape(shape: Shape): Tensor {
    return apply(arithmetic.reshape, [this], shape);
  }

  /** The sum of all elements `[]`, or along an axis. */
  sum(options?: AxisOptions): Tensor {
    return apply(arithmetic.sum, [this], options);
  }

  /** The mean of all elements `[]`, or along an axis. */
  mean(options?: AxisOptions): Tensor {
    return apply(arithmetic.mean, [this], options);
  }

  toString(): string {
    return this.data.toString();
  }

  /** What `console.log` and a notebook show. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const inspected = (this.data as unknown as Record<symbol, () => string>)[Symbol.for("nodejs.util.inspect.custom")]!;
    const notes = [this.name, this.operation, this.requireGrad && this.step === undefined ? "requireGrad" : undefined];
    const said = notes.filter((note) => note !== undefined).map((note) => `, ${note}`);
    return `Tensor(${inspected.call(this.data).replace(/^array\((.*)\)$/s, "$1")}${said.join("")})`;
  }
}

/** A graph that cannot give the gradient it is asked for. */
export class GraphError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "GraphError";
  }
}

/** Whether one of the tensors requires a gradient: then so does what is computed from them. */
export const anyRequireGrad = (...tensors: readonly Tensor[]): boolean =>
  tensors.some(({ requireGrad }) => requireGrad);

/**
 * Runs the synchronous `body` without recording: for evaluation, where no gradient is wanted.
 *
 * @throws TypeError when `body` returns a promise: what runs after its first `await` would be recorded
 */
export function noGrad<T>(body: () => T): T {
  const before = recording;
  recording = false;
  try {
    const result = body();
    if (result instanceof Promise) throw new TypeError("noGrad: the body must not be async: await outside of it");
    return result;
  } finally {
    recording = before;
  }
}

/** Computes an operation on tensors, and records it if a gradient may be asked for. */
export function apply<Settings>(operation: Operation<Settings>, inputs: readonly Tensor[], settings: Settings): Tensor {
  for (const input of inputs) expectTensor(operation.name, input);
  const values = inputs.map(({ data }) => data);
  const requireGrad = recording && anyRequireGrad(...inputs);
  const output = new Tensor(operation.forward(values, settings), { requireGrad });
  if (requireGrad) {
    output.step = tape.record({ operation: operation as Operation<unknown>, inputs, values, output, settings });
  }
  return output;
}

function expectTensor(where: string, value: unknown): void {
  if (value instanceof Tensor) return;
  throw new TypeError(`${where}: expected a Tensor, received ${describeValue(value)}: wrap it with new Tensor(…)`);
}

/** `value` as a tensor; arrays and numbers become constants, numbers of the given dtype. */
export function asTensor(value: Operand, dtype?: DType): Tensor {
  if (value instanceof Tensor) return value;
  if (value instanceof NdArray) return new Tensor(value);
  if (typeof value === "number") return new Tensor(array(value, dtype === undefined ? {} : { dtype }));
  throw new ShapeError(`expected a Tensor, an NdArray or a number, received ${describeValue(value)}`);
}

/** Sends gradients back from the output of `last`, adding to `arrived`; returns the steps it went through. */
function flowBack(last: Step, arrived: Map<Tensor, NdArray>): Step[] {
  const done: Step[] = [];
  let open = 1; // outputs whose gradient has arrived and waits
  for (const step of tape.backFrom(last)) {
    const g = arrived.get(step.output);
    if (g === undefined) continue;
    const { operation, inputs, values, output, settings } = step;
    inputs.forEach((input, i) => {
      if (!input.requireGrad) return;
      input.expectGraph();
      if (input.step !== undefined && !arrived.has(input)) open++;
      collect(arrived, input, operation.backward(g, i, values, output.data, settings), g);
    });
    done.push(step);
    open--;
    if (open === 0) break;
  }
  return done;
}

/** Adds a gradient to what has arrived; the first is copied where it is not new memory. */
function collect(arrived: Map<Tensor, NdArray>, tensor: Tensor, gradient: NdArray, g: NdArray): void {
  const before = arrived.get(tensor);
  if (before !== undefined) before.add_(gradient);
  else arrived.set(tensor, gradient.data.buffer === g.data.buffer ? gradient.clone() : gradient);
}

/** The gradient that backward starts from. */
function seedOf(tensor: Tensor, g: NdArray | number): NdArray {
  if (typeof g !== "number") {
    expectGradientOf("backward", tensor, g);
    return g.clone();
  }
  if (tensor.data.size !== 1) {
    throw new ShapeError(
      `backward: this tensor has shape ${formatShape(tensor.shape)}; give the gradient with respect to it, an array of this shape, or reduce it first with sum() or mean()`,
    );
  }
  return full(tensor.shape, g, { dtype: tensor.dtype });
}

function expectGradientOf(where: string, { data }: Tensor, g: NdArray): void {
  if (!(g instanceof NdArray)) throw new ShapeError(`${where}: expected an NdArray, received ${describeValue(g)}`);
  if (sameShape(g.shape, data.shape) && g.dtype === data.dtype) return;
  throw new ShapeError(
    `${where}: expected a gradient of shape ${formatShape(data.shape)} (${data.dtype}), received ${formatShape(g.shape)} (${g.dtype})`,
  );
}
