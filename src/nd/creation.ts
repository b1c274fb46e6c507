// Making arrays: from nested lists, filled, counted. `dtype` is float32 unless said otherwise.
import { describeValue } from "./describe.js";
import { allocate, currentDType, type DType } from "./dtype.js";
import { expectArray, NdArray, type NestedArray } from "./nd-array.js";
import { expectShape, type Shape, ShapeError, sizeOf } from "./shape.js";

export interface CreationOptions {
  readonly dtype?: DType;
}

/**
 * An array from nested lists, copied. An NdArray keeps its dtype; numbers in a typed array become float32 as all others.
 * Throws {@link ShapeError} when the lists are ragged or hold something that is no number.
 *
 * @example
 * array([[1, 2], [3, 4]]).shape // 2,2
 * array([0.1], { dtype: "float64" }).at(0) // 0.1
 */
export function array(values: NestedArray | ArrayLike<number> | NdArray, options: CreationOptions = {}): NdArray {
  if (values instanceof NdArray) return values.astype(options.dtype ?? values.dtype);
  const nested = isFlat(values) ? Array.from(values) : values;
  const shape = shapeOf(nested);
  const out = zeros(shape, options);
  let filled = 0;
  const fill = (part: NestedArray, axis: number): void => {
    if (axis === shape.length) {
      out.data[filled++] = expectNumber(part);
    } else if (Array.isArray(part) && part.length === shape[axis]) {
      for (const item of part) fill(item, axis + 1);
    } else
      throw new ShapeError(
        `array: ragged lists: expected ${shape[axis]} items at depth ${axis}, received ${describeItem(part)}`,
      );
  };
  fill(nested, 0);
  return out;
}

/**
 * @example
 * zeros([2, 3]) // [[0. 0. 0.]
 *               //  [0. 0. 0.]]
 */
export const zeros = (shape: Shape, options: CreationOptions = {}): NdArray => filled("zeros", shape, 0, options);

export const ones = (shape: Shape, options: CreationOptions = {}): NdArray => filled("ones", shape, 1, options);

/**
 * @example
 * full([3], 0.5) // [0.5 0.5 0.5]
 */
export const full = (shape: Shape, value: number, options: CreationOptions = {}): NdArray =>
  filled("full", shape, value, options);

/** Zeros of the shape and dtype of `x`. */
export const zerosLike = (x: NdArray): NdArray => zeros(x.shape, { dtype: x.dtype });

/**
 * Numbers from `start` (0 when only one is given) to `stop`, which is left out.
 *
 * @example
 * arange(4) // [0. 1. 2. 3.]
 * arange(2, 8, { step: 3 }) // [2. 5.]
 */
export function arange(
  start: number,
  stop?: number,
  options: CreationOptions & { readonly step?: number } = {},
): NdArray {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  const { step = 1 } = options;
  const count = Math.ceil((to - from) / step);
  if (!Number.isFinite(count)) throw new ShapeError(`arange: no finite count from ${from} to ${to} by ${step}`);
  const out = zeros([Math.max(0, count)], options);
  for (let i = 0; i < out.size; i++) out.data[i] = from + i * step;
  return out;
}

/** The identity matrix `[n, n]`. */
export function eye(n: number, options: CreationOptions = {}): NdArray {
  const out = filled("eye", [n, n], 0, options);
  for (let i = 0; i < n; i++) out.data[i * n + i] = 1;
  return out;
}

/** Arrays of one shape and dtype, one a row: k of `[…shape] → [k, …shape]`, copied. */
export function stack(parts: readonly NdArray[]): NdArray {
  const [first] = parts;
  if (first === undefined) throw new ShapeError("stack: expected at least one array");
  for (const part of parts) expectArray("stack", part);
  const out = zeros([parts.length, ...first.shape], { dtype: first.dtype });
  parts.forEach((part, i) => {
    out.row(i).copy_(part);
  });
  return out;
}

function filled(where: string, shape: Shape, value: number, { dtype = currentDType() }: CreationOptions): NdArray {
  expectShape(where, shape);
  const data = allocate(sizeOf(shape), dtype);
  if (value !== 0) data.fill(value);
  return new NdArray(data, shape);
}

/** A typed array, or something else with numbers at 0 … length − 1. */
const isFlat = (values: NestedArray | ArrayLike<number>): values is ArrayLike<number> =>
  typeof values === "object" && values !== null && !Array.isArray(values) && typeof values.length === "number";

function shapeOf(values: NestedArray): Shape {
  return Array.isArray(values) ? [values.length, ...(values.length > 0 ? shapeOf(values[0]!) : [])] : [];
}

function expectNumber(value: unknown): number {
  if (typeof value === "number") return value;
  throw new ShapeError(`array: expected a number, received ${describeItem(value)}`);
}

/** As {@link describeValue}, where a list is no mistake by itself and several arrays are to be stacked. */
function describeItem(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return value instanceof NdArray ? `${describeValue(value)}: see stack` : describeValue(value);
}
