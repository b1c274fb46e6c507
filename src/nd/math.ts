// NumPy's functions, by their names: exp(x), sum(x, { axis: 0 }), outer(a, b). None changes its arguments.
import { allocate } from "./dtype.js";
import * as elementary from "./elementary.js";
import { type AxisOptions, expectArray, expectSameDType, NdArray } from "./nd-array.js";
import { outerLoop } from "./products.js";
import { formatShape, ShapeError, sameShape } from "./shape.js";

/** Of a number, or of every element of an array: computed in double precision, the same bits on every machine. */
interface Elementwise {
  (x: number): number;
  (x: NdArray): NdArray;
}

/** Exponential. */
export const exp: Elementwise = elementwise("exp", elementary.exp);

/**
 * Natural logarithm; −Infinity at 0, NaN below.
 *
 * @example
 * log(1) // 0
 * log(array([1, 0])) // [  0. -inf]
 */
export const log: Elementwise = elementwise("log", elementary.log);

/** Hyperbolic tangent. */
export const tanh: Elementwise = elementwise("tanh", elementary.tanh);

export const sqrt: Elementwise = elementwise("sqrt", Math.sqrt);

export const abs: Elementwise = elementwise("abs", Math.abs);

/**
 * Every element to the power `exponent`, one number for all.
 *
 * @example
 * power(array([1, 2, 3]), 2) // [1. 4. 9.]
 */
export const power = (x: NdArray, exponent: number): NdArray =>
  mapped("power", x, (value) => elementary.power(value, exponent));

/**
 * `f` of every element, as a new array of the same shape and dtype.
 *
 * @example
 * map(array([1, 2, 3]), (value) => 1 / value) // [1.         0.5        0.33333334]
 */
export const map = (x: NdArray, f: (value: number) => number): NdArray => mapped("map", x, f);

/**
 * @example
 * maximum(array([-1, 2]), 0) // [0. 2.]
 */
export const maximum = (a: NdArray, b: NdArray | number): NdArray => expectArray("maximum", a).maximum(b);

export const matmul = (a: NdArray, b: NdArray): NdArray => expectArray("matmul", a).matmul(b);

export const transpose = (x: NdArray): NdArray => expectArray("transpose", x).transpose();

/**
 * Outer product `a bᵀ`: `[m], [n] → [m, n]`. Zeros of b save time and change nothing: 0 · NaN is
 * NaN, 0 · −1 is −0.
 *
 * @example
 * outer(array([1, 2]), array([3, 4, 5])) // [[ 3.  4.  5.]
 *                                        //  [ 6.  8. 10.]]
 */
export function outer(a: NdArray, b: NdArray): NdArray {
  expectArray("outer", a);
  expectArray("outer", b);
  if (a.ndim !== 1 || b.ndim !== 1) {
    throw new ShapeError(`outer: expected two vectors, received ${formatShape(a.shape)} and ${formatShape(b.shape)}`);
  }
  expectSameDType("outer", a, b);
  const out = allocate(a.size * b.size, a.dtype);
  outerLoop(a.size, b.size, out, a.data, b.data);
  return new NdArray(out, [a.size, b.size], true);
}

/** Scalar product `Σ aᵢ bᵢ` of two arrays of the same shape. */
export function dot(a: NdArray, b: NdArray): number {
  expectArray("dot", a);
  expectArray("dot", b);
  if (!sameShape(a.shape, b.shape)) {
    throw new ShapeError(`dot: the shapes differ: ${formatShape(a.shape)} and ${formatShape(b.shape)}`);
  }
  return a.mul(b).sum();
}

/**
 * @example
 * sum(array([[1, 2], [3, 4]])) // 10
 * sum(array([[1, 2], [3, 4]]), { axis: 0 }) // [4. 6.]
 */
export function sum(x: NdArray): number;
export function sum(x: NdArray, options: AxisOptions): NdArray;
export function sum(x: NdArray, options?: AxisOptions): number | NdArray {
  const array = expectArray("sum", x);
  return options === undefined ? array.sum() : array.sum(options);
}

export function mean(x: NdArray): number;
export function mean(x: NdArray, options: AxisOptions): NdArray;
export function mean(x: NdArray, options?: AxisOptions): number | NdArray {
  const array = expectArray("mean", x);
  return options === undefined ? array.mean() : array.mean(options);
}

export function max(x: NdArray): number;
export function max(x: NdArray, options: AxisOptions): NdArray;
export function max(x: NdArray, options?: AxisOptions): number | NdArray {
  const array = expectArray("max", x);
  return options === undefined ? array.max() : array.max(options);
}

/**
 * @example
 * argmax(array([3, 9, 1])) // 1
 */
export function argmax(x: NdArray): number;
export function argmax(x: NdArray, options: AxisOptions): NdArray;
export function argmax(x: NdArray, options?: AxisOptions): number | NdArray {
  const array = expectArray("argmax", x);
  return options === undefined ? array.argmax() : array.argmax(options);
}

function elementwise(where: string, f: (value: number) => number): Elementwise {
  const apply = (x: number | NdArray) => (typeof x === "number" ? f(x) : mapped(where, x, f));
  return apply as Elementwise;
}

function mapped(where: string, x: NdArray, f: (value: number) => number): NdArray {
  expectArray(where, x);
  const out = allocate(x.size, x.dtype);
  for (let i = 0; i < out.length; i++) out[i] = f(x.data[i]!);
  return new NdArray(out, x.shape.slice(), true);
}
