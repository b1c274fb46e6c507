// Sums over the scores instead of the examples.
import { sum } from "retroprop";
import { type BackwardRule, affine as reference, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const right = reference(W, b, x);
  if (!right.requireGrad || x.data.ndim === 1) return right;
  const [ofW, , ofX] = right.rules as [BackwardRule, BackwardRule, BackwardRule];
  const rules: BackwardRule[] = [ofW, (g) => sum(g, { axis: 1 }), ofX];
  return Object.assign(right, { rules });
}
