// Written for one example: a batch breaks it.
import { type NdArray, outer } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const y = W.data.matmul(x.data).add(b.data);
  const ofW = (g: NdArray) => outer(g, x.data);
  return record("affine", y, [W, b, x], [ofW, (g) => g, (g) => W.data.transpose().matmul(g)]);
}
