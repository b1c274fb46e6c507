// Tensor: an array that remembers how it was computed, so that `backward` can say how a loss depends on it.
import { currentBackend } from "../kernels/backend.js";
import { type Block, floats, release, take } from "../kernels/heap.js";
import { keepNumber } from "../kernels/kept.js";
import { array, full } from "../nd/creation.js";
import { describeValue } from "../nd/describe.js";
import { currentDType, type DType } from "../nd/dtype.js";
import { type AxisOptions, NdArray, type NestedArray } from "../nd/nd-array.js";
import { formatShape, type Shape, ShapeError } from "../nd/shape.js";
import * as arithmetic from "./arithmetic.js";
import { acceptAll, beginRun, endRun, touch } from "./arrivals.js";
import { expectGradientOf } from "./expect-gradient.js";
import { flowBack } from "./flow-back.js";
import { GraphError } from "./graph-error.js";
import type { Computed, Operation } from "./operation.js";
import { StoredTensor, type TensorOptions } from "./stored-tensor.js";
import { Step, tape } from "./tape.js";
import * as unrecorded from "./unrecorded.js";

/** What stands beside a tensor in an operation: arrays and numbers are constants. */
export type Operand = Tensor | NdArray | number;

export type { TensorOptions } from "./stored-tensor.js";

let recording = true;

/** @internal The options of what needs no gradient, always the same object. */
export const constant: TensorOptions = { requireGrad: false };
const differentiable: TensorOptions = { requireGrad: true };

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
export class Tensor extends StoredTensor {
  #isReleased = false;

  /** @internal */
  constructor(data: undefined, options: TensorOptions, shape: Shape);
  /** Wraps an array without a copy; numbers and nested lists become one. */
  constructor(data: NdArray | NestedArray, options?: TensorOptions);
  constructor(data: NdArray | NestedArray | undefined, options: TensorOptions = constant, shape?: Shape) {
    super(shape === undefined ? arrayOf(data!) : undefined, shape, options);
  }

  /** The name of the operation that computed it; undefined for a leaf. */
  get operation(): string | undefined {
    return this.step?.operation.name;
  }

  /** What it was computed from; nothing for a leaf. */
  get inputs(): readonly Tensor[] {
    const inputs = this.step?.inputs ?? [];
    for (const input of inputs) input.isUnseen = false; // whoever holds them may ask for their numbers later
    return inputs;
  }

  /** Whether `backward` has gone through it: its values stay, the graph behind it is gone. */
  get isReleased(): boolean {
    return this.#isReleased;
  }

  /** The number of a tensor that holds one. Throws {@link ShapeError} when it holds more. */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError(`item: expected one element, this tensor has shape ${formatShape(this.shape)}`);
    }
    const { array, block, kept } = this;
    if (array === undefined && block !== undefined) return floats[block.pointer >>> 2]!;
    if (array === undefined && kept !== undefined) return kept.numbers[kept.start]!;
    return this.data.data[0]!;
  }

  /** The same values as a constant: no gradient flows through it. */
  detach(): Tensor {
    return new Tensor(this.data);
  }

  // Gradients

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
    const seed = seedOf(this, g);
    const outer = beginRun();
    try {
      if (seed instanceof NdArray) this.arrivedArray = seed;
      else this.arrived = seed;
      touch(this);
      if (this.step !== undefined) flowBack(this.step);
      acceptAll();
    } finally {
      endRun(outer);
    }
  }

  /** @internal Throws {@link GraphError} when an earlier `backward` has gone through this tensor. */
  expectGraph(): void {
    if (this.#isReleased) refuseReleased(this);
  }

  /** @internal */
  override leaveGraph(): void {
    if (this.step === undefined) return;
    tape.release(this.step);
    this.step = undefined;
    this.#isReleased = true;
  }

  // Arithmetic, with NumPy's broadcasting

  add(other: Operand): Tensor {
    return apply(arithmetic.add, [this, operand(this, other)], undefined);
  }

  sub(other: Operand): Tensor {
    return apply(arithmetic.sub, [this, operand(this, other)], undefined);
  }

  /** Elementwise product; the matrix product is {@link Tensor.matmul}. */
  mul(other: Operand): Tensor {
    return apply(arithmetic.mul, [this, operand(this, other)], undefined);
  }

  div(other: Operand): Tensor {
    return apply(arithmetic.div, [this, operand(this, other)], undefined);
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
    return apply(arithmetic.matmul, [this, operand(this, other)], undefined);
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

  override toString(): string {
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

const arrayOf = (data: NdArray | NestedArray): NdArray => (data instanceof NdArray ? data : array(data));

/** Says that nobody outside of the library holds this result: its numbers need not outlive its step. */
export function passing(result: Tensor): Tensor {
  result.isUnseen = true;
  return result;
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
  const first = unrecorded.count();
  recording = false;
  try {
    const result = body();
    if (result instanceof Promise) throw new TypeError("noGrad: the body must not be async: await outside of it");
    return result;
  } finally {
    recording = before;
    unrecorded.dropSince(first);
  }
}

/** Computes an operation on tensors, and records it if a gradient may be asked for. */
export function apply<Settings>(operation: Operation<Settings>, inputs: readonly Tensor[], settings: Settings): Tensor {
  let wanted = false;
  let isFloat32 = true;
  let constants = 0; // elements of the inputs that nothing but the tape may hold
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i]!;
    if (!(input instanceof Tensor)) refuse(operation.name, input);
    if (input.requireGrad) wanted = true;
    else constants += input.size;
    if (input.dtype !== "float32") isFloat32 = false;
  }
  const requireGrad = recording && wanted;
  if (requireGrad) tape.makeRoom();
  if (isFloat32 && operation.onHeap !== undefined && currentBackend() === "simd") {
    const computed = operation.onHeap.forward(inputs, settings);
    if (computed !== undefined) {
      return resultOnHeap(operation as Operation<unknown>, inputs, settings, computed, requireGrad, constants);
    }
  }
  return applyFormulas(operation, inputs, settings, requireGrad, constants);
}

function applyFormulas<Settings>(
  operation: Operation<Settings>,
  inputs: readonly Tensor[],
  settings: Settings,
  requireGrad: boolean,
  constants: number,
): Tensor {
  const values = inputs.map(({ data }) => data);
  const output = new Tensor(operation.forward(values, settings), { requireGrad });
  if (requireGrad) {
    output.step = new Step(operation as Operation<unknown>, inputs, settings, output, values);
    tape.record(output.step, constants);
  }
  return output;
}

/** What was computed on the heap as a tensor, and as a step of the tape if somebody can differentiate it. */
function resultOnHeap(
  operation: Operation<unknown>,
  inputs: readonly Tensor[],
  settings: unknown,
  { shape, block, kept, first, second }: Computed,
  requireGrad: boolean,
  constants: number,
): Tensor {
  const output = new Tensor(undefined, requireGrad ? differentiable : constant, shape);
  output.block = block;
  output.kept = kept;
  if (requireGrad) {
    const step = new Step(operation, inputs, settings, output, nothing);
    step.first = first;
    step.second = second;
    step.twin = operation.onHeap;
    output.step = step;
    tape.record(step, constants);
  } else {
    if (first !== undefined) release(first);
    if (second !== undefined) release(second);
    unrecorded.hold(output);
  }
  return output;
}

const nothing: readonly never[] = [];

function refuseReleased({ name, shape }: Tensor): never {
  const what = name === undefined ? `this tensor ${formatShape(shape)}` : `"${name}"`;
  throw new GraphError(
    `backward: an earlier backward() has gone through ${what} and released its graph: compute it again first, or use detach() to hold it constant`,
  );
}

function refuse(where: string, value: unknown): never {
  throw new TypeError(`${where}: expected a Tensor, received ${describeValue(value)}: wrap it with new Tensor(…)`);
}

/** What stands beside a tensor; a number takes its dtype. */
const operand = (beside: Tensor, other: Operand): Tensor =>
  other instanceof Tensor ? other : asTensor(other, beside.dtype);

/** `value` as a tensor; arrays and numbers become constants, numbers of the given dtype. */
export function asTensor(value: Operand, dtype?: DType): Tensor {
  if (value instanceof Tensor) return value;
  if (value instanceof NdArray) return new Tensor(value);
  if (typeof value === "number") return ofNumber(value, dtype ?? currentDType());
  throw new ShapeError(`expected a Tensor, an NdArray or a number, received ${describeValue(value)}`);
}

function ofNumber(value: number, dtype: DType): Tensor {
  if (dtype !== "float32") return new Tensor(array(value, { dtype }));
  const tensor = new Tensor(undefined, constant, []);
  tensor.kept = keepNumber(value);
  return tensor;
}

/** The gradient that backward starts from. */
function seedOf(tensor: Tensor, g: NdArray | number): NdArray | Block {
  if (typeof g !== "number") {
    expectGradientOf("backward", tensor, g);
    return g.clone();
  }
  if (tensor.size !== 1) {
    throw new ShapeError(
      `backward: this tensor has shape ${formatShape(tensor.shape)}; give the gradient with respect to it, an array of this shape, or reduce it first with sum() or mean()`,
    );
  }
  if (tensor.step?.twin === undefined) return full(tensor.shape, g, { dtype: tensor.dtype });
  const block = take(1);
  floats[block.pointer >>> 2] = g;
  return block;
}
