// Shapes: how many elements, which axis, how two of them broadcast, and what to say when they do not fit.
import { describeValue } from "./describe.js";

export type Shape = readonly number[];

/** Thrown when shapes or dtypes do not fit: says where, what was expected, what came. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis]!; // asked for each tensor: no iterator
  return size;
}

/** `[10, 784]`; a list too long to be a shape is cut. */
export const formatShape = (shape: Shape): string =>
  shape.length <= 12 ? `[${shape.join(", ")}]` : `[${shape.slice(0, 6).join(", ")}, … ${shape.length} numbers]`;

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** Checks that every length is a whole number ≥ 0; throws {@link ShapeError} naming `where`. */
export function expectShape(where: string, shape: Shape): void {
  if (!Array.isArray(shape) || !shape.every(isLength)) {
    throw new ShapeError(`${where}: a shape is a list of whole numbers ≥ 0, such as [10, 784], not ${describe(shape)}`);
  }
}

const isLength = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** The axis as a number in [0, ndim): negative ones count from the end, as in NumPy. */
export function normaliseAxis(where: string, axis: number, ndim: number): number {
  const found = axis < 0 ? axis + ndim : axis;
  if (Number.isInteger(found) && found >= 0 && found < ndim) return found;
  throw new ShapeError(
    `${where}: axis ${axis} does not exist in an array of ${ndim} dimension${ndim === 1 ? "" : "s"}`,
  );
}

const describe = (value: unknown): string => (Array.isArray(value) ? formatShape(value) : describeValue(value));
