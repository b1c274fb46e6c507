// Checks that a gradient is one of its tensor: of its shape and its dtype.
import { describeValue } from "../nd/describe.js";
import { NdArray } from "../nd/nd-array.js";
import { formatShape, ShapeError, sameShape } from "../nd/shape.js";
import type { StoredTensor } from "./stored-tensor.js";

type Kind = Pick<StoredTensor, "shape" | "dtype">;

/** Throws {@link ShapeError} unless `g` is an array of the shape and the dtype of the tensor. */
export function expectGradientOf(where: string, { shape, dtype }: Kind, g: NdArray): void {
  if (!(g instanceof NdArray)) throw new ShapeError(`${where}: expected an NdArray, received ${describeValue(g)}`);
  if (fits(g, { shape, dtype })) return;
  throw new ShapeError(
    `${where}: expected a gradient of shape ${formatShape(shape)} (${dtype}), received ${formatShape(g.shape)} (${g.dtype})`,
  );
}

export const fits = (g: NdArray, { shape, dtype }: Kind): boolean =>
  g instanceof NdArray && sameShape(g.shape, shape) && g.dtype === dtype;
