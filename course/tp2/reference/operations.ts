// The operations of TP2's graph: each computes its result and gives one rule for each input.
import { affineTransform, array, backwardNll, map, maximum, nll as ndNll, tanh as ndTanh, outer, sum } from "retroprop";
import { record, type Tensor } from "./tensor.js";

/**
 * Rectified linear unit `max(x, 0)`, element by element; its derivative at 0 is 0.
 *
 * @param x any shape
 * @returns the shape of x
 * @python relu
 */
export function relu(x: Tensor): Tensor {
  return record("relu", maximum(x.data, 0), [x], [(g) => g.mul(map(x.data, (value) => (value > 0 ? 1 : 0)))]);
}

/**
 * Hyperbolic tangent, element by element; its derivative is `1 − tanh² x`.
 *
 * @param x any shape
 * @returns the shape of x
 * @python tanh
 */
export function tanh(x: Tensor): Tensor {
  const y = ndTanh(x.data);
  return record("tanh", y, [x], [(g) => g.mul(y.mul(y).neg().add(1))]);
}

/**
 * Affine transform `W x + b`, with a rule for W, one for b and one for x.
 *
 * @param W weights `[out, in]`
 * @param b bias `[out]`
 * @param x one example `[in]`, or a batch `[n, in]`
 * @returns scores `[out]`, or `[n, out]`
 * @python affine_transform
 */
export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const y = affineTransform(W.data, b.data, x.data);
  const isExample = x.data.ndim === 1;
  return record(
    "affine",
    y,
    [W, b, x],
    [
      (g) => (isExample ? outer(g, x.data) : g.transpose().matmul(x.data)),
      (g) => (isExample ? g : sum(g, { axis: 0 })),
      (g) => g.matmul(W.data),
    ],
  );
}

/**
 * Negative log-likelihood of the right class, as a tensor without dimension.
 *
 * @param x logits `[k]`
 * @param gold index of the right class
 * @returns the loss `[]`
 * @python nll
 */
export function nll(x: Tensor, gold: number): Tensor {
  return record("nll", array(ndNll(x.data, gold)), [x], [(g) => backwardNll(x.data, gold, g.at())]);
}
