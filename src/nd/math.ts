// NumPy's functions, by their names: exp(x), sum(x, { axis: 0 }), outer(a, b). None changes its arguments.
import { allocate } from "./dtype.js";
import { outerLoop } from "./loops.js";
import { type AxisOptions, expectSameDType, NdArray } from "./nd-array.js";
import { formatShape, ShapeError } from "./shape.js";

export const exp = (x: NdArray): NdArray => map(x, Math.exp);

/** Natural logarithm; −Infinity at 0, NaN below. */
export const log = (x: NdArray): NdArray => map(x, Math.log);

export const tanh = (x: NdArray): NdArray => map(x, Math.tanh);

export const sqrt = (x: NdArray): NdArray => map(x, Math.sqrt);

export const abs = (x: NdArray): NdArray => map(x, Math.abs);

/** `f` of every element, as a new array of the same shape and dtype. */
export function map(x: NdArray, f: (value: number) => number): NdArray {
  const out = allocate(x.size, x.dtype);
  for (let i = 0; i < out.length; i++) out[i] = f(x.data[i]!);
  return new NdArray(out, x.shape);
}

export const maximum = (a: NdArray, b: NdArray | number): NdArray => a.maximum(b);

export const matmul = (a: NdArray, b: NdArray): NdArray => a.matmul(b);

export const transpose = (x: NdArray): NdArray => x.transpose();

/** Outer product `a bᵀ`: `[m], [n] → [m, n]`. */
export function outer(a: NdArray, b: NdArray): NdArray {
  if (a.ndim !== 1 || b.ndim !== 1) {
    throw new ShapeError(`outer: expected two vectors, received ${formatShape(a.shape)} and ${formatShape(b.shape)}`);
  }
  expectSameDType("outer", a, b);
  const out = allocate(a.size * b.size, a.dtype);
  outerLoop(a.size, b.size, out, a.data, b.data);
  return new NdArray(out, [a.size, b.size]);
}

/** Scalar product `Σ aᵢ bᵢ` of two arrays of the same shape. */
export const dot = (a: NdArray, b: NdArray): number => a.mul(b).sum();

export function sum(x: NdArray): number;
export function sum(x: NdArray, options: AxisOptions): NdArray;
export function sum(x: NdArray, options?: AxisOptions): number | NdArray {
  return options === undefined ? x.sum() : x.sum(options);
}

export function mean(x: NdArray): number;
export function mean(x: NdArray, options: AxisOptions): NdArray;
export function mean(x: NdArray, options?: AxisOptions): number | NdArray {
  return options === undefined ? x.mean() : x.mean(options);
}

export function max(x: NdArray): number;
export function max(x: NdArray, options: AxisOptions): NdArray;
export function max(x: NdArray, options?: AxisOptions): number | NdArray {
  return options === undefined ? x.max() : x.max(options);
}

export function argmax(x: NdArray): number;
export function argmax(x: NdArray, options: AxisOptions): NdArray;
export function argmax(x: NdArray, options?: AxisOptions): number | NdArray {
  return options === undefined ? x.argmax() : x.argmax(options);
}
