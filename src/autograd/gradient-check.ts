// Is the gradient that the graph gives right? Central differences tell.
import {
  gradientCheck as checkTwins,
  type GradientCheckOptions,
  type GradientCheckResult,
} from "../functions/gradient-check.js";
import { zerosLike } from "../nd/creation.js";
import type { NdArray } from "../nd/nd-array.js";
import { noGrad, Tensor } from "./tensor.js";

/**
 * Compares the gradients that `backward` gives for `f` with central differences, in float64.
 *
 * @example
 * ops.gradientCheck((x) => x.mul(x).exp(), [array([0.5, -1])]).ok // true
 *
 * @param f a function of tensors, one for each input
 * @param inputs the arrays where the gradients are compared
 */
export function gradientCheck(
  f: (...tensors: Tensor[]) => Tensor,
  inputs: readonly NdArray[],
  options: GradientCheckOptions = {},
): GradientCheckResult {
  const forward = (...arrays: NdArray[]): NdArray => noGrad(() => f(...arrays.map((data) => new Tensor(data))).data);
  const backward = (...all: NdArray[]): NdArray[] => {
    const tensors = all.slice(0, -1).map((data) => new Tensor(data, { requireGrad: true }));
    f(...tensors).backward(all.at(-1)!);
    return tensors.map(({ gradient, data }) => gradient ?? zerosLike(data));
  };
  return checkTwins(forward, backward as never, [...inputs], options);
}
