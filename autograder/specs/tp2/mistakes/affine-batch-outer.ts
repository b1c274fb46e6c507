// The result of a batch is right, its rules are those of one example.
import { affineTransform, type NdArray, outer } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const ofW = (g: NdArray) => outer(g, x.data);
  const y = affineTransform(W.data, b.data, x.data);
  return record("affine", y, [W, b, x], [ofW, (g) => g, (g) => W.data.transpose().matmul(g)]);
}
