// Activations, element by element, any shape: each with its gradient right under it.
import { zerosLike } from "../nd/creation.js";
import { exp } from "../nd/elementary.js";
import { map, maximum, tanh } from "../nd/math.js";
import type { NdArray } from "../nd/nd-array.js";
import { expectGradientLike, expectOperand } from "./expect-shapes.js";

/**
 * Rectified linear unit `max(x, 0)`.
 *
 * @example
 * relu(array([-2, 0, 3])) // [0. 0. 3.]
 *
 * @param x any shape
 * @returns the shape of x
 * @python relu
 */
export function relu(x: NdArray): NdArray {
  expectOperand("relu", x);
  return maximum(x, 0);
}

/**
 * Gradient of {@link relu}: g where x > 0, else 0 (also at 0).
 *
 * @param x what relu received
 * @param g gradient with respect to its result, of the shape of x
 * @python backward_relu
 */
export function backwardRelu(x: NdArray, g: NdArray): NdArray {
  expectGradientLike("backwardRelu", g, x);
  const gx = zerosLike(x);
  for (let i = 0; i < gx.size; i++) if (x.data[i]! > 0) gx.data[i] = g.data[i]!;
  return gx;
}

/** Hyperbolic tangent `(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)`, without overflow. */
export { tanh };

/**
 * Gradient of {@link tanh}: `g (1 − tanh² x)`.
 *
 * @param x what tanh received
 * @param g gradient with respect to its result, of the shape of x
 * @python backward_tanh
 */
export function backwardTanh(x: NdArray, g: NdArray): NdArray {
  expectGradientLike("backwardTanh", g, x);
  const y = tanh(x);
  return g.mul(y.mul(y).neg().add(1));
}

/**
 * Logistic sigmoid `1 / (1 + e⁻ˣ)`, without overflow: for x < 0 it is computed as `eˣ / (1 + eˣ)`.
 *
 * @param x any shape
 * @returns the shape of x, in [0, 1]
 * @python sigmoid
 */
export function sigmoid(x: NdArray): NdArray {
  expectOperand("sigmoid", x);
  return map(x, (value) => {
    const e = exp(-Math.abs(value));
    return value >= 0 ? 1 / (1 + e) : e / (1 + e);
  });
}

/**
 * Gradient of {@link sigmoid}: `g s (1 − s)` with `s = sigmoid(x)`.
 *
 * @param x what sigmoid received
 * @param g gradient with respect to its result, of the shape of x
 * @python backward_sigmoid
 */
export function backwardSigmoid(x: NdArray, g: NdArray): NdArray {
  expectGradientLike("backwardSigmoid", g, x);
  const s = sigmoid(x);
  return g.mul(s.mul(s.neg().add(1)));
}
