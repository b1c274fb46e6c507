// What makes a function differentiable: its value, and the gradient it sends back to each of its inputs.
import type { Block } from "../kernels/heap.js";
import type { Kept } from "../kernels/kept.js";
import type { NdArray } from "../nd/nd-array.js";
import type { Shape } from "../nd/shape.js";
import type { Step } from "./tape.js";
import type { Tensor } from "./tensor.js";

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
  /** @internal The same function by the kernels, where there are some for it. */
  readonly onHeap?: HeapTwin<Settings>;
}

/**
 * An operation by the kernels, on tensors of float32. It computes what the formulas of its {@link Operation} compute, up to
 * the rounding of sums, and leaves to them whatever it has no kernel for, errors included.
 */
export interface HeapTwin<Settings> {
  /** The result, or undefined when these operands are for the formulas. */
  forward(inputs: readonly Tensor[], settings: Settings): Computed | undefined;
  /** Sends `g`, the gradient of the step's output, to those of its inputs that require one. */
  backward(step: Step, g: Block): void;
  /** The inputs as the step saw them, where its tensors may have changed since: it is about to leave the heap. */
  spill?(step: Step): (NdArray | undefined)[];
}

/** What a {@link HeapTwin} computed. Whoever receives it owns one reference to each of the blocks. */
export interface Computed {
  readonly shape: Shape;
  /** Where the values lie; undefined for a number, that is kept at once. */
  readonly block: Block | undefined;
  readonly kept: Kept | undefined;
  /** What the way back needs besides, as the twin wants it. */
  readonly first: Block | undefined;
  readonly second: Block | undefined;
}
