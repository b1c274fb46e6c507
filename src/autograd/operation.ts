// What makes a function differentiable: its value, and the gradient it sends back to each of its inputs.
import type { NdArray } from "../nd/nd-array.js";

/** A function of arrays and its gradient: twins, as in `src/functions`. It knows neither tensors nor the tape. */
export interface Operation<Settings = undefined> {
  /** As error messages and drawings show it. */
  readonly name: string;
  forward(inputs: readonly NdArray[], settings: Settings): NdArray;
  /**
   * Gradient of the loss with respect to `inputs[i]`, of its shape, from `g`, the gradient with respect to `result`.
   * It may be `g` itself or a view of it: whoever keeps a gradient copies it.
   */
  backward(g: NdArray, i: number, inputs: readonly NdArray[], result: NdArray, settings: Settings): NdArray;
}
