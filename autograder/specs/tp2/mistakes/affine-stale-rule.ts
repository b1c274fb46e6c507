// The rule of x keeps the weights of the first call.
import type { NdArray } from "retroprop";
import { type BackwardRule, affine as correct, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

const copies = new WeakMap<Tensor, NdArray>();

export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const right = correct(W, b, x);
  const copy = copies.get(W) ?? W.data.clone();
  copies.set(W, copy);
  if (!right.requireGrad) return right;
  const [ofW, ofB] = right.rules as [BackwardRule, BackwardRule];
  const ofX: BackwardRule = (g) => g.matmul(copy);
  return Object.assign(right, { rules: [ofW, ofB, ofX] });
}
