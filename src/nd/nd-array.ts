// NdArray: a row-major block of numbers with a shape. Rows and reshapes are views; every other operation copies.
import { broadcastShapes, runBroadcast, runNumber } from "./broadcast.js";
import { describeValue } from "./describe.js";
import { allocate, type Data, type DType, dtypeOf } from "./dtype.js";
import * as elementwise from "./elementwise.js";

import { argmaxLoop, maxLoop, type ReduceLoop, sumLoop, transposeLoop } from "./loops.js";
import { formatArray } from "./print.js";
import { matmulLoop } from "./products.js";
import { expectShape, formatShape, normaliseAxis, type Shape, ShapeError, sameShape, sizeOf } from "./shape.js";

export type NestedArray = number | NestedArray[];

/** Along which axis to reduce (negative counts from the end), and whether it stays with length 1. */
export interface AxisOptions {
  readonly axis: number;
  readonly keepDims?: boolean;
}

/**
 * An n-dimensional array of numbers, the course's `numpy.ndarray`.
 *
 * `data` holds the elements in row-major order and may be read and written in plain loops:
 * element (i, j) of a `[m, n]` array is `data[i * n + j]`.
 */
export class NdArray {
  readonly data: Data;
  readonly shape: Shape;

  /** Wraps `data` without a copy. Throws {@link ShapeError} when `shape` does not hold as many elements. */
  constructor(data: Data, shape?: Shape);
  /** @internal `isSound` promises a shape that fits and that nobody will change. */
  constructor(data: Data, shape: Shape, isSound: true);
  constructor(data: Data, shape: Shape = [data.length], isSound = false) {
    if (!isSound) expectSound(data, shape);
    this.data = data;
    this.shape = isSound ? shape : [...shape]; // the caller may go on to change its list
  }

  get dtype(): DType {
    return dtypeOf(this.data);
  }

  /** Number of dimensions: 1 for a vector, 2 for a matrix. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return this.data.length;
  }

  // Elements and rows

  /** The element at one index an axis; negative indices count from the end. */
  at(...indices: number[]): number {
    return this.data[this.#offset("at", indices)]!;
  }

  /** Writes one element in place: `x.set([i, j], value)`. */
  set(indices: readonly number[], value: number): void {
    this.data[this.#offset("set", indices)] = value;
  }

  /** Row `i` along the first axis, as a VIEW: writing to it writes to this array. `[n, …rest] → […rest]` */
  row(index: number): NdArray {
    const n = this.shape[0] ?? 0;
    const i = index < 0 ? index + n : index;
    if (this.ndim === 0 || !Number.isInteger(i) || i < 0 || i >= n) {
      throw new ShapeError(`row: row ${index} does not exist in an array of shape ${formatShape(this.shape)}`);
    }
    const size = this.size / n;
    return new NdArray(this.data.subarray(i * size, (i + 1) * size), this.shape.slice(1), true);
  }

  /** Rows `start` to `end` (excluded) along the first axis, as a VIEW. `[n, …rest] → [end − start, …rest]` */
  rows(start: number, end: number = this.shape[0] ?? 0): NdArray {
    const [n = 0, ...rest] = this.shape;
    if (
      this.ndim === 0 ||
      !(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= n)
    ) {
      throw new ShapeError(
        `rows: rows ${start} to ${end} do not exist in an array of shape ${formatShape(this.shape)}`,
      );
    }
    const size = sizeOf(rest);
    return new NdArray(this.data.subarray(start * size, end * size), [end - start, ...rest], true);
  }

  /**
   * The same elements under another shape, as a VIEW; one length may be −1 and is then deduced.
   *
   * @example
   * arange(6).reshape([2, -1]) // [[0. 1. 2.]
   *                           //  [3. 4. 5.]]
   */
  reshape(shape: Shape): NdArray {
    const given = Array.isArray(shape) ? shape.filter((length) => length !== -1) : shape;
    expectShape("reshape", given);
    const deduced = this.size / sizeOf(given);
    const full = shape.map((length) => (length === -1 ? deduced : length));
    if (shape.length > given.length + 1 || !full.every(Number.isInteger) || sizeOf(full) !== this.size) {
      throw new ShapeError(
        `reshape: ${formatShape(this.shape)} has ${this.size} elements, ${formatShape(shape)} does not hold them`,
      );
    }
    return new NdArray(this.data, full);
  }

  /** A copy that shares nothing with this array. */
  clone(): NdArray {
    return new NdArray(this.data.slice(), this.shape.slice(), true);
  }

  /** A copy with another element type. */
  astype(dtype: DType): NdArray {
    const data = allocate(this.size, dtype);
    data.set(this.data);
    return new NdArray(data, this.shape.slice(), true);
  }

  // Arithmetic: NumPy broadcasting, a new array

  add(other: NdArray | number): NdArray {
    return binary("add", elementwise.add, this, other);
  }

  sub(other: NdArray | number): NdArray {
    return binary("sub", elementwise.sub, this, other);
  }

  /** Elementwise product; the matrix product is {@link matmul}. */
  mul(other: NdArray | number): NdArray {
    return binary("mul", elementwise.mul, this, other);
  }

  div(other: NdArray | number): NdArray {
    return binary("div", elementwise.div, this, other);
  }

  /** Elementwise maximum; NaN wins. */
  maximum(other: NdArray | number): NdArray {
    return binary("maximum", elementwise.maximum, this, other);
  }

  neg(): NdArray {
    return this.mul(-1);
  }

  // Updates in place: the name ends in _, the array keeps its memory, `other` broadcasts to its shape

  /** `this += other`, in place. */
  add_(other: NdArray | number): this {
    return this.#update("add_", elementwise.add, other);
  }

  /**
   * `this −= other`, in place: `W.sub_(gW.mul(learningRate))`.
   *
   * @example
   * array([[1, 2], [3, 4]]).sub_(array([1, 2])) // [[0. 0.]
   *                                            //  [2. 2.]]
   */
  sub_(other: NdArray | number): this {
    return this.#update("sub_", elementwise.sub, other);
  }

  /** `this *= other`, in place. */
  mul_(other: NdArray | number): this {
    return this.#update("mul_", elementwise.mul, other);
  }

  /**
   * `this += factor · other`, in place and in one pass: the same bits as `this.add_(other.mul(factor))`.
   *
   * @example
   * array([1, 2]).addScaled_(array([10, 20]), -0.5) // [-4. -8.]
   */
  addScaled_(other: NdArray, factor: number): this {
    expectArray("addScaled_", other);
    if (typeof factor !== "number")
      throw new ShapeError(`addScaled_: expected a number as factor, received ${describeValue(factor)}`);
    const isPlain = this.dtype === "float32" && other.dtype === "float32" && sameShape(this.shape, other.shape);
    if (!isPlain || sharesPart(this, other)) return this.#update("addScaled_", elementwise.add, other.mul(factor));
    elementwise.addScaledFloat32(this.data, other.data, Math.fround(factor));
    return this;
  }

  /** Every element becomes `value`, in place. */
  fill_(value: number): this {
    this.data.fill(value);
    return this;
  }

  /** Copies the elements of `other`, of the same shape and dtype, into this array. */
  copy_(other: NdArray): this {
    expectArray("copy_", other);
    expectSameDType("copy_", this, other);
    if (!sameShape(this.shape, other.shape)) {
      throw new ShapeError(`copy_: expected shape ${formatShape(this.shape)}, received ${formatShape(other.shape)}`);
    }
    this.data.set(other.data);
    return this;
  }

  // Products

  /**
   * Matrix product. `[m, k]·[k, n] → [m, n]`, `[m, k]·[k] → [m]`, `[k]·[k, n] → [n]`, `[k]·[k] → []`.
   * Throws {@link ShapeError} when the inner lengths differ.
   *
   * Each element is a sum in double precision, from the first product to the last, rounded once: a row gives the same
   * bits alone and in a batch.
   *
   * A float32 vector of 64 elements or more, mostly zeros, saves the time of the columns of the matrix that meet a zero:
   * they are not read, and a NaN or an Infinity in them does not reach this product, as if 0 · NaN were 0. Every other
   * product passes them on. (A gradient that is not finite is no such case: {@link outer} spreads it over whole rows.)
   *
   * @example
   * array([[1, 2], [3, 4]]).matmul(array([1, 1])) // [3. 7.]
   */
  matmul(other: NdArray): NdArray {
    expectArray("matmul", other);
    if (this.ndim < 1 || this.ndim > 2 || other.ndim < 1 || other.ndim > 2) {
      throw new ShapeError(
        `matmul: expected vectors or matrices, received ${formatShape(this.shape)} and ${formatShape(other.shape)}`,
      );
    }
    const k = this.shape[this.ndim - 1]!;
    if (k !== other.shape[0]) {
      throw new ShapeError(
        `matmul: ${formatShape(this.shape)} · ${formatShape(other.shape)}: the inner lengths differ (${k} against ${other.shape[0]})`,
      );
    }
    expectSameDType("matmul", this, other);
    const m = this.ndim === 2 ? this.shape[0]! : 1;
    const n = other.ndim === 2 ? other.shape[1]! : 1;
    const out = allocate(m * n, this.dtype);
    matmulLoop(m, k, n, out, this.data, other.data);
    const shape = this.shape.slice(0, -1);
    if (other.ndim === 2) shape.push(n);
    return new NdArray(out, shape, true);
  }

  /** The transpose of a matrix, as a copy; a vector is its own transpose. `[m, n] → [n, m]` */
  transpose(): NdArray {
    if (this.ndim < 2) return this.clone();
    if (this.ndim > 2) throw new ShapeError(`transpose: expected a matrix, received ${formatShape(this.shape)}`);
    const [m, n] = this.shape as [number, number];
    const out = allocate(this.size, this.dtype);
    transposeLoop(m, n, out, this.data);
    return new NdArray(out, [n, m], true);
  }

  // Reductions: a number over the whole array, an array along an axis

  sum(): number;
  sum(options: AxisOptions): NdArray;
  sum(options?: AxisOptions): number | NdArray {
    return reduce("sum", sumLoop, this, options);
  }

  mean(): number;
  mean(options: AxisOptions): NdArray;
  mean(options?: AxisOptions): number | NdArray {
    const total = reduce("mean", sumLoop, this, options);
    return typeof total === "number" ? total / this.size : total.div(this.shape.at(options!.axis)!);
  }

  /** Largest element; NaN if there is one. Throws {@link ShapeError} on nothing to reduce. */
  max(): number;
  max(options: AxisOptions): NdArray;
  max(options?: AxisOptions): number | NdArray {
    return reduce("max", maxLoop, this, options, "non-empty");
  }

  /** Index of the largest element (the first of equals; of a NaN if there is one), in the flattened array or along an axis. */
  argmax(): number;
  argmax(options: AxisOptions): NdArray;
  argmax(options?: AxisOptions): number | NdArray {
    return reduce("argmax", argmaxLoop, this, options, "non-empty");
  }

  // Showing and taking out

  /** Nested plain arrays; a number for an array without dimension. */
  toArray(): NestedArray {
    return this.ndim === 0 ? this.data[0]! : Array.from({ length: this.shape[0]! }, (_, i) => this.row(i).toArray());
  }

  /** The elements as NumPy prints them: `[[1.  2.5] [3.  4. ]]` on aligned lines. */
  toString(): string {
    return formatArray(this);
  }

  /** What `console.log` and a notebook show. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const notes = [
      ...(this.size === 0 && !sameShape(this.shape, [0]) ? [`shape=${formatShape(this.shape)}`] : []),
      ...(this.dtype === "float32" ? [] : [`dtype=${this.dtype}`]),
    ];
    return `array(${[formatArray(this, { prefix: "array(", separator: ", " }), ...notes].join(", ")})`;
  }

  // Parts

  #offset(where: string, indices: readonly number[]): number {
    let offset = 0;
    for (let axis = 0; axis < this.ndim; axis++) {
      const length = this.shape[axis]!;
      const index = indices[axis] ?? Number.NaN;
      const i = index < 0 ? index + length : index;
      if (!(Number.isInteger(i) && i >= 0 && i < length)) return this.#noSuchElement(where, indices);
      offset = offset * length + i;
    }
    return indices.length === this.ndim ? offset : this.#noSuchElement(where, indices);
  }

  #noSuchElement(where: string, indices: readonly number[]): never {
    throw new ShapeError(
      `${where}: no element ${formatShape(indices)} in an array of shape ${formatShape(this.shape)} (one index in range for each axis)`,
    );
  }

  #update(where: string, operation: elementwise.BinaryOperation, other: NdArray | number): this {
    if (typeof other === "number") {
      runNumber(operation, this.data, other);
      return this;
    }
    expectNumberOrArray(where, other);
    if (!sameShape(broadcastShapes(where, this.shape, other.shape), this.shape)) {
      throw new ShapeError(`${where}: ${formatShape(other.shape)} does not fit into ${formatShape(this.shape)}`);
    }
    expectSameDType(where, this, other);
    runBroadcast(operation, this.data, this.shape, this, sharesPart(this, other) ? other.clone() : other);
    return this;
  }
}

function expectSound(data: Data, shape: Shape): void {
  expectShape("NdArray", shape);
  if (!(data instanceof Float32Array || data instanceof Float64Array)) {
    throw new ShapeError(
      `NdArray: data must be a Float32Array or a Float64Array, received ${describeValue(data)} (array(…) converts)`,
    );
  }
  if (sizeOf(shape) !== data.length) {
    throw new ShapeError(
      `NdArray: shape ${formatShape(shape)} holds ${sizeOf(shape)} elements, the data has ${data.length}`,
    );
  }
}

function binary(where: string, operation: elementwise.BinaryOperation, a: NdArray, b: NdArray | number): NdArray {
  if (typeof b === "number") {
    const out = a.clone();
    runNumber(operation, out.data, b);
    return out;
  }
  expectNumberOrArray(where, b);
  expectSameDType(where, a, b);
  const shape = broadcastShapes(where, a.shape, b.shape);
  const out = allocate(sizeOf(shape), a.dtype);
  runBroadcast(operation, out, shape, a, b);
  return new NdArray(out, shape.slice(), true);
}

function reduce(
  where: string,
  loop: ReduceLoop,
  x: NdArray,
  options: AxisOptions | undefined,
  demand?: "non-empty",
): number | NdArray {
  const axis = options === undefined ? 0 : normaliseAxis(where, options.axis, x.ndim);
  const n = options === undefined ? x.size : x.shape[axis]!;
  if (demand === "non-empty" && n === 0) {
    throw new ShapeError(`${where}: nothing to reduce in an array of shape ${formatShape(x.shape)}`);
  }
  if (options === undefined) return loop(x.data, 0, n, 1);

  const inner = sizeOf(x.shape.slice(axis + 1));
  const shape = x.shape.slice();
  if (options.keepDims) shape[axis] = 1;
  else shape.splice(axis, 1);
  const out = allocate(sizeOf(shape), x.dtype);
  for (let k = 0; k < out.length; k++) out[k] = loop(x.data, Math.floor(k / inner) * n * inner + (k % inner), n, inner);
  return new NdArray(out, shape, true);
}

/** Checks an operand that is no number: it may come from untyped code. */
function expectNumberOrArray(where: string, value: NdArray): void {
  if (value instanceof NdArray) return;
  throw new ShapeError(`${where}: expected a number or an NdArray, received ${describeValue(value)}`);
}

/** `value`, once sure that it is what its type promises: it may come from untyped code. */
export function expectArray(where: string, value: NdArray): NdArray {
  if (value instanceof NdArray) return value;
  throw new ShapeError(`${where}: expected an NdArray, received ${describeValue(value)}`);
}

export function expectSameDType(where: string, a: NdArray, b: NdArray): void {
  if (a.dtype === b.dtype) return;
  throw new ShapeError(
    `${where}: ${a.dtype} and ${b.dtype} do not mix; convert one of them, for instance with .astype("${a.dtype}")`,
  );
}

/** Whether writing to `a` would change elements of `b` that are still to be read. */
const sharesPart = (a: NdArray, b: NdArray): boolean =>
  // The buffers come last: a small array has none before it is asked for, and making one takes time.
  !(a.data.byteOffset === b.data.byteOffset && a.size === b.size) && a.data.buffer === b.data.buffer;
