// What a learnt tensor has on the heap: its values, its gradient, a move that has not been made yet.
import { type Block, release } from "../kernels/heap.js";
import type { Factors } from "./factors.js";

/** What a learnt tensor has on the heap, apart from the tensor: given back when that is gone. */
export interface Holdings {
  readonly values: Block;
  /** The gradient, laid out as the values are, or what it is made of; at most one of the two. */
  gradient: Block | undefined;
  factors: Factors | undefined;
  /** A move that has not been made yet, of a matrix by columns. */
  move: Move | undefined;
}

/** `values += factor · gradient`, for the gradient of one example. */
export interface Move {
  readonly factors: Factors;
  readonly factor: number;
}

/** Gives the holdings of a tensor back when it is gone. */
export const forgotten = new FinalizationRegistry<Holdings>(({ values, gradient, factors, move }) => {
  release(values);
  if (gradient !== undefined) release(gradient);
  factors?.release();
  move?.factors.release();
});
