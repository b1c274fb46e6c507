// x is no input of the result: layers below learn nothing.
import { record, affine as reference, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const right = reference(W, b, x);
  return record("affine", right.data, [W, b], right.rules.slice(0, 2));
}
