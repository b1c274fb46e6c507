// Zero-skipping: a batch as its non-zeros, and affine layers from them.
import type { Kernels } from "../kernels.js";
import { floatsAt, type Memory, wordsAt } from "./memory.js";
import { strideOf, sumOf } from "./sums.js";

export const sparseTwins = (
  memory: Memory,
): Pick<Kernels, "collectNonZeros" | "sparseAffine" | "sparseRankUpdate"> => ({
  collectNonZeros: (pairs, starts, x, rows, inn, limit) => {
    const [X, START] = [floatsAt(memory, x, rows * inn), wordsAt(memory, starts, rows + 1)];
    const { columns, values } = pairsAt(memory, pairs);
    let count = 0;
    for (let row = 0; row < rows; row++) {
      START[row] = count;
      for (let column = 0; column < inn; column++) {
        const value = X[row * inn + column]!;
        if (value === 0) continue;
        columns.set(count, column);
        values.set(count++, value);
      }
      if (count > limit) return -1;
    }
    START[rows] = count;
    return count;
  },
  sparseAffine: (y, W, b, pairs, starts, rows, out) => {
    const [Y, B, START] = [
      floatsAt(memory, y, rows * out),
      floatsAt(memory, b, out),
      wordsAt(memory, starts, rows + 1),
    ];
    const { columns, values } = pairsAt(memory, pairs);
    const weight = (o: number, column: number) => memory.floats[W / 4 + column * strideOf(out) + o]!;
    for (let row = 0; row < rows; row++) {
      const [start, count] = [START[row]!, START[row + 1]! - START[row]!];
      for (let o = 0; o < out; o++) {
        const product = sumOf(count, (p) => weight(o, columns.at(start + p)) * values.at(start + p));
        Y[row * out + o] = product + B[o]!;
      }
    }
  },
  sparseRankUpdate: (W, g, pairs, starts, alpha, rows, out) => {
    const [G, START] = [floatsAt(memory, g, rows * out), wordsAt(memory, starts, rows + 1)];
    const { columns, values } = pairsAt(memory, pairs);
    for (let row = 0; row < rows; row++) {
      for (let p = START[row]!; p < START[row + 1]!; p++) {
        const w = floatsAt(memory, W + 4 * columns.at(p) * strideOf(out), out);
        for (let o = 0; o < out; o++) w[o]! += alpha * G[row * out + o]! * values.at(p);
      }
    }
  },
});

/** The pairs at a pointer: pair p has its column in word 2p, its value in the next. */
const pairsAt = ({ words, floats }: Memory, pairs: number) => ({
  columns: {
    at: (p: number) => words[pairs / 4 + 2 * p]!,
    set: (p: number, column: number) => {
      words[pairs / 4 + 2 * p] = column;
    },
  },
  values: {
    at: (p: number) => floats[pairs / 4 + 2 * p + 1]!,
    set: (p: number, value: number) => {
      floats[pairs / 4 + 2 * p + 1] = value;
    },
  },
});
