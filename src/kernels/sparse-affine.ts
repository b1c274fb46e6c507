// Affine layers from the non-zeros of a batch: by this thread, or by several where `setWorkers` has made some.
import { kernels, words } from "./heap.js";
import type { Pointer } from "./kernels.js";
import { partsOf } from "./parts.js";
import { crew } from "./workers.js";

/** From so many multiplications on threads share the rows of a batch: about 50 µs of work, to wake one takes 15. */
const fewestShared = 2 ** 19;

/** `y[rows, out] = x Wᵀ + b` from the non-zeros of x, W by columns: the kernel of this name. */
export function sparseAffine(
  y: Pointer,
  W: Pointer,
  b: Pointer,
  pairs: Pointer,
  starts: Pointer,
  rows: number,
  out: number,
): void {
  if (crew === undefined || rows === 1 || nonZerosOf(starts, rows) * out < fewestShared) {
    kernels.sparseAffine(y, W, b, pairs, starts, rows, out);
    return;
  }
  const shares = partsOf(rows, 2 * crew.size, 1).map(({ start, length }) => {
    return [y + 4 * start * out, W, b, pairs, starts + 4 * start, length, out];
  });
  crew.compute("sparseAffine", shares);
}

const nonZerosOf = (starts: Pointer, rows: number): number => words[(starts >>> 2) + rows]!;
