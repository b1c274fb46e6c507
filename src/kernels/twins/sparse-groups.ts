// Zero-skipping for W by rows: a batch as its groups of four features that are not all 0, and affine layers from them.
import type { Kernels } from "../kernels.js";
import { floatsAt, type Memory, wordsAt } from "./memory.js";
import { sumOf } from "./sums.js";

export const sparseGroupTwins = (
  memory: Memory,
): Pick<Kernels, "collectGroups" | "sparseAffineRows" | "sparseRankUpdateRows"> => ({
  collectGroups: (groups, starts, x, rows, inn, limit) => {
    const [X, START] = [floatsAt(memory, x, rows * inn), wordsAt(memory, starts, rows + 1)];
    let count = 0;
    for (let row = 0; row < rows; row++) {
      START[row] = count;
      for (let feature = 0; feature < inn; feature += 4) {
        const values = X.subarray(row * inn + feature, row * inn + feature + 4);
        if (values.some((value) => value !== 0)) setGroup(memory, groups, count++, feature, values);
      }
      if (count > limit) return -1;
    }
    START[rows] = count;
    return count;
  },
  sparseAffineRows: (y, W, b, groups, starts, rows, out, inn) => {
    const [Y, w, B] = [floatsAt(memory, y, rows * out), floatsAt(memory, W, out * inn), floatsAt(memory, b, out)];
    const START = wordsAt(memory, starts, rows + 1);
    for (let row = 0; row < rows; row++) {
      const [start, count] = [START[row]!, START[row + 1]! - START[row]!];
      for (let o = 0; o < out; o++) {
        const product = sumOf(count, (i) => {
          const { feature, values } = groupAt(memory, groups, start + i);
          return sumOf(4, (lane) => w[o * inn + feature + lane]! * values[lane]!);
        });
        Y[row * out + o] = product + B[o]!;
      }
    }
  },
  sparseRankUpdateRows: (W, g, groups, starts, alpha, rows, out, inn) => {
    const [w, G] = [floatsAt(memory, W, out * inn), floatsAt(memory, g, rows * out)];
    const START = wordsAt(memory, starts, rows + 1);
    for (let row = 0; row < rows; row++) {
      for (let i = START[row]!; i < START[row + 1]!; i++) {
        const { feature, values } = groupAt(memory, groups, i);
        for (let o = 0; o < out; o++) {
          for (let lane = 0; lane < 4; lane++) {
            w[o * inn + feature + lane]! += alpha * G[row * out + o]! * values[lane]!;
          }
        }
      }
    }
  },
});

const groupWords = 8;

/** Group i: its first word is a feature, its second half the values. */
const groupAt = (memory: Memory, groups: number, i: number) => ({
  feature: memory.words[groups / 4 + i * groupWords]!,
  values: floatsAt(memory, groups + 4 * i * groupWords + 16, 4),
});

function setGroup(memory: Memory, groups: number, i: number, feature: number, values: Float32Array): void {
  memory.words[groups / 4 + i * groupWords] = feature;
  groupAt(memory, groups, i).values.set(values);
}
