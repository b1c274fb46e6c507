// Parameter: a tensor that is learnt.
import { LearntTensor } from "../autograd/learnt-tensor.js";
import type { NdArray } from "../nd/nd-array.js";

/**
 * A tensor that requires a gradient and that an optimiser updates in place. It begins with a copy of `data` and keeps memory
 * of its own; its `data` is the live array, and stays the same one.
 *
 * Asking for the numbers of a matrix, `data.data`, settles it row by row in memory, where examples with many zeros are a
 * little slower. Copying does not: `values()` and `assign(values)`, or `copy_`, `fill_` and `clone` of `data`.
 *
 * @example
 * const W = new Parameter(zeros([2, 3]), "W");
 * W.requireGrad // true
 */
export class Parameter extends LearntTensor {
  declare readonly name: string;

  /** @param name a short one, unique in its layer: `W`, `b` */
  constructor(data: NdArray, name: string) {
    super(data, { name });
  }
}
