// Making arrays: from nested lists, filled, counted. `dtype` is float32 unless said otherwise.
import { allocate, currentDType, type DType } from "./dtype.js";
import { NdArray, type NestedArray } from "./nd-array.js";
import { expectShape, formatShape, type Shape, ShapeError, sizeOf } from "./shape.js";

export interface CreationOptions {
  readonly dtype?: DType;
}

/**
 * An array from nested lists: `array([[1, 2], [3, 4]])` is `[2, 2]`. An NdArray or typed array is copied.
 * Throws {@link ShapeError} when the lists are ragged or hold something that is no number.
 */
export function array(values: NestedArray | ArrayLike<number> | NdArray, options: CreationOptions = {}): NdArray {
  if (values instanceof NdArray) return values.astype(options.dtype ?? values.dtype);
  const nested = (ArrayBuffer.isView(values) ? Array.from(values as ArrayLike<number>) : values) as NestedArray;
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
        `array: ragged lists: expected ${shape[axis]} items at depth ${axis}, received ${describe(part)}`,
      );
  };
  fill(nested, 0);
  return out;
}

export const zeros = (shape: Shape, options: CreationOptions = {}): NdArray => {
  expectShape("zeros", shape);
  return new NdArray(allocate(sizeOf(shape), options.dtype ?? currentDType()), shape);
};

export const ones = (shape: Shape, options: CreationOptions = {}): NdArray => full(shape, 1, options);

export const full = (shape: Shape, value: number, options: CreationOptions = {}): NdArray =>
  zeros(shape, options).fill_(value);

/** Zeros of the shape and dtype of `x`. */
export const zerosLike = (x: NdArray): NdArray => zeros(x.shape, { dtype: x.dtype });

/** `arange(4)` is `[0, 1, 2, 3]`; `arange(2, 8, { step: 3 })` is `[2, 5]`. */
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
  const out = zeros([n, n], options);
  for (let i = 0; i < n; i++) out.data[i * n + i] = 1;
  return out;
}

/** Vectors of one shape, one a row: k of `[…shape] → [k, …shape]`, copied. */
export function stack(parts: readonly NdArray[]): NdArray {
  const [first] = parts;
  if (first === undefined) throw new ShapeError("stack: expected at least one array");
  const out = zeros([parts.length, ...first.shape], { dtype: first.dtype });
  parts.forEach((part, i) => {
    out.row(i).copy_(part);
  });
  return out;
}

function shapeOf(values: NestedArray): Shape {
  return Array.isArray(values) ? [values.length, ...(values.length > 0 ? shapeOf(values[0]!) : [])] : [];
}

function expectNumber(value: unknown): number {
  if (typeof value === "number") return value;
  throw new ShapeError(`array: expected a number, received ${describe(value)}`);
}

const describe = (value: unknown): string =>
  Array.isArray(value)
    ? `a list of ${value.length}`
    : value instanceof NdArray
      ? `an NdArray ${formatShape(value.shape)}`
      : String(value);
