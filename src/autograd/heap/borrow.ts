// Operands for kernels: the values of tensors as blocks of the heap, and what the way back reads of them.
import { type Block, copyIn, copyOut, retain } from "../../kernels/heap.js";
import { copyKeptIn, keepNumber } from "../../kernels/kept.js";
import { NdArray } from "../../nd/nd-array.js";
import { type Shape, sameShape } from "../../nd/shape.js";
import type { Computed } from "../operation.js";
import type { Step } from "../tape.js";
import type { Tensor } from "../tensor.js";

/**
 * The values of a tensor by rows, as a block that the caller has to release. What is on the heap is shared; an ordinary
 * array is copied in for this step, so that whoever owns it may go on to change it.
 */
export function borrow(tensor: Tensor): Block {
  if (tensor.stride !== 0) tensor.settleByRows();
  const { block, array, kept } = tensor;
  if (block !== undefined && (array === undefined || tensor.isLasting)) return retain(block);
  if (array === undefined && kept !== undefined) return copyKeptIn(kept, tensor.size);
  return copyIn(tensor.data.data as Float32Array);
}

/** The last result, which is read before there is another: tiny operations would feel an object for each. */
const last: { -readonly [Key in keyof Computed]: Computed[Key] } = {
  shape: [],
  block: undefined,
  kept: undefined,
  first: undefined,
  second: undefined,
};

/** A result on the heap, and what its way back needs. */
export function computed(shape: Shape, block: Block, first?: Block, second?: Block): Computed {
  last.shape = shape;
  last.block = block;
  last.kept = undefined;
  last.first = first;
  last.second = second;
  return last;
}

const scalar: Shape = [];

/** A result that is one number, and what its way back needs. */
export function computedNumber(value: number, first?: Block, second?: Block): Computed {
  last.shape = scalar;
  last.block = undefined;
  last.kept = keepNumber(value);
  last.first = first;
  last.second = second;
  return last;
}

export const haveSameShape = (a: Tensor, b: Tensor): boolean => a.shape === b.shape || sameShape(a.shape, b.shape);

/** A block that was saved for an input, as an array of its shape. */
export const savedArray = (block: Block, { size, shape }: Tensor): NdArray => new NdArray(copyOut(block, size), shape);

/** Twins that save their first input in `first` and the second in `second` leave the heap with both. */
export const spillSaved = ({ first, second, inputs }: Step): (NdArray | undefined)[] => [
  first === undefined ? undefined : savedArray(first, inputs[0]!),
  second === undefined ? undefined : savedArray(second, inputs[1]!),
];
