// What the twins compute in: a memory seen as numbers.
import type { Pointer } from "../kernels.js";

/** One memory, as float32 numbers and as 32-bit whole numbers. */
export interface Memory {
  readonly floats: Float32Array;
  readonly words: Int32Array;
}

/** The n float32 numbers at a pointer: a view, not a copy. */
export const floatsAt = ({ floats }: Memory, pointer: Pointer, n: number): Float32Array =>
  floats.subarray(pointer / 4, pointer / 4 + n);

/** The n whole numbers at a pointer: a view, not a copy. */
export const wordsAt = ({ words }: Memory, pointer: Pointer, n: number): Int32Array =>
  words.subarray(pointer / 4, pointer / 4 + n);

/** What to leave where `before` was: the value, or with `add` their sum, of float32 numbers either way. */
export const stored = (before: number, value: number, add: boolean): number =>
  add ? before + Math.fround(value) : value;
