// Parameter: a tensor that is learnt.
import { Tensor } from "../autograd/tensor.js";
import type { NdArray } from "../nd/nd-array.js";

/**
 * A tensor that requires a gradient and that an optimiser updates in place: `data` is the live array, and stays the same one.
 *
 * @example
 * const W = new Parameter(zeros([2, 3]), "W");
 * W.requireGrad // true
 */
export class Parameter extends Tensor {
  declare readonly name: string;

  /** @param name a short one, unique in its layer: `W`, `b` */
  constructor(data: NdArray, name: string) {
    super(data, { requireGrad: true, name });
  }
}
