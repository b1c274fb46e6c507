import { describe, expect, test } from "vitest";
import fc from "../../../test/properties.js";
import { numbers, withinRoundings } from "../../../test/rounded-sums.js";
import { expectSideBySide, sameBits, size } from "../../../test/side-by-side.js";
import { strideOf } from "./sums.js";

/** A batch of which about one number in `one in` is not 0; −0 is. */
interface Batch {
  readonly rows: number;
  readonly inn: number;
  readonly X: Float32Array;
  readonly seed: number;
}

/** Widths of a layer: whole tiles, edges of them, and the nine to twelve outputs that have kernels of their own. */
const widths = fc.oneof(size(150), fc.constantFrom(9, 10, 11, 12, 33, 36, 37, 65, 100));

const batches: fc.Arbitrary<Batch> = fc
  .tuple(size(9), size(100), fc.nat(), fc.constantFrom(1, 2, 5, 30))
  .map(([rows, inn, seed, oneIn]) => {
    const chance = numbers(rows * inn, seed + 1);
    const X = numbers(rows * inn, seed).map((value, i) => (Math.abs(chance[i]! * 1e4) % oneIn < 1 ? value : -0));
    return { rows, inn, X, seed };
  });

/** The non-zeros of a batch, as the kernels want them; `entries` are (row, column, value). */
function pairsOf({ rows, inn, X }: Batch) {
  const entries = [...X].flatMap((value, i) => (value === 0 ? [] : [[Math.floor(i / inn), i % inn, value] as const]));
  const pairs = new Float32Array(2 * entries.length);
  const columns = new Int32Array(pairs.buffer);
  entries.forEach(([, column, value], p) => {
    columns[2 * p] = column;
    pairs[2 * p + 1] = value;
  });
  const starts = Int32Array.from({ length: rows + 1 }, (_, row) => entries.filter(([r]) => r < row).length);
  return { entries, pairs: columns, starts };
}

describe("collectNonZeros", () => {
  test("writes the pairs of each row and where it begins", () => {
    fc.assert(
      fc.property(batches, ({ rows, inn, X, seed }) => {
        const count = pairsOf({ rows, inn, X, seed }).pairs.length / 2;
        const room = new Int32Array(2 * (count + inn));
        const { returned } = expectSideBySide(
          [room, new Int32Array(rows + 1), X],
          (kernels, p, s, x) => kernels.collectNonZeros(p!, s!, x!, rows, inn, count),
          (received, expected, i, block) => (block === 0 && i >= 2 * count) || received === expected || block === 2,
        );
        expect(returned).toBe(count);
      }),
    );
  });

  test("gives up when there are more than the limit, within the room there is", () => {
    fc.assert(
      fc.property(batches, fc.nat(99), (batch, percent) => {
        const count = pairsOf(batch).pairs.length / 2;
        const limit = Math.floor((count * percent) / 100);
        const { rows, inn, X } = batch;
        const { returned } = expectSideBySide(
          [new Int32Array(2 * (limit + inn)), new Int32Array(rows + 1), X],
          (kernels, p, s, x) => kernels.collectNonZeros(p!, s!, x!, rows, inn, limit),
          () => true,
        );
        expect(returned).toBe(count > limit ? -1 : count);
      }),
    );
  });

  test("takes NaN, infinities and the smallest numbers for non-zeros, both zeros for zeros", () => {
    const X = Float32Array.of(0, Number.NaN, -0, 2 ** -149, Number.NEGATIVE_INFINITY, -(2 ** -149));
    const { returned } = expectSideBySide([new Int32Array(24), new Int32Array(2), X], (kernels, p, s, x) =>
      kernels.collectNonZeros(p!, s!, x!, 1, 6, 6),
    );
    expect(returned).toBe(4);
  });
});

/** W by columns, with 0 in its padding. */
function weights(out: number, inn: number, seed: number): Float32Array {
  const stride = strideOf(out);
  return numbers(inn * stride, seed).map((value, i) => (i % stride < out ? value : 0));
}

test("sparseAffine is x Wᵀ + b, for any width of the layer", () => {
  fc.assert(
    fc.property(batches, widths, (batch, out) => {
      const { rows, inn, seed } = batch;
      const { entries, pairs, starts } = pairsOf(batch);
      const [W, b] = [weights(out, inn, seed + 2), numbers(out, seed + 3)];
      const added = new Float64Array(rows * out).map((_, i) => Math.abs(b[i % out]!));
      for (const [row, column, value] of entries) {
        for (let o = 0; o < out; o++) added[row * out + o]! += Math.abs(value * W[column * strideOf(out) + o]!);
      }
      expectSideBySide(
        [new Float32Array(rows * out).fill(Number.NaN), W, b, pairs, starts],
        (kernels, y, W, b, p, s) => kernels.sparseAffine(y!, W!, b!, p!, s!, rows, out),
        withinRoundings(inn + 4, (i) => added[i]!),
      );
    }),
  );
});

test("sparseRankUpdate adds alpha gᵀ x to W, for any width of the layer", () => {
  fc.assert(
    fc.property(batches, widths, fc.constantFrom(1, -0.01), (batch, out, alpha) => {
      const { rows, inn, seed } = batch;
      const { entries, pairs, starts } = pairsOf(batch);
      const [W, g] = [weights(out, inn, seed + 2), numbers(rows * out, seed + 3)];
      const added = Float64Array.from(W, Math.abs);
      for (const [row, column, value] of entries) {
        for (let o = 0; o < out; o++) {
          added[column * strideOf(out) + o]! += Math.abs(alpha * g[row * out + o]! * value);
        }
      }
      expectSideBySide(
        [W, g, pairs, starts],
        (kernels, W, g, p, s) => kernels.sparseRankUpdate(W!, g!, p!, s!, Math.fround(alpha), rows, out),
        withinRoundings(3 * rows + 4, (i) => added[i]!),
      );
    }),
  );
});

test("sparseAffine gives a row the same bits alone and in a batch, and touches no other row", () => {
  fc.assert(
    fc.property(batches, widths, (batch, out) => {
      const { rows, inn, seed } = batch;
      const { pairs, starts } = pairsOf(batch);
      const [W, b] = [weights(out, inn, seed + 2), numbers(out, seed + 3)];
      const rowByRow = new Float32Array(rows * out);
      const batchAtOnce = new Float32Array(rows * out);
      const { left } = expectSideBySide(
        [batchAtOnce, rowByRow, W, b, pairs, starts],
        (kernels, y, yRow, W, b, p, s) => {
          kernels.sparseAffine(y!, W!, b!, p!, s!, rows, out);
          for (let r = rows - 1; r >= 0; r--) kernels.sparseAffine(yRow! + 4 * r * out, W!, b!, p!, s! + 4 * r, 1, out);
        },
        (received, expected, i, block) => block < 2 || sameBits(received, expected, i, block),
      );
      expect(left[0]).toEqual(left[1]);
    }),
  );
});

test("sparseRankUpdate keeps the padding 0 when an input is not finite", () => {
  for (const out of [2, 10]) {
    const stride = strideOf(out);
    const [W, g] = [new Float32Array(stride), numbers(out, 1)];
    const pairs = new Float32Array([0, Number.POSITIVE_INFINITY]); // column 0
    const starts = Int32Array.of(0, 1);
    const { left } = expectSideBySide([W, g, pairs, starts], (kernels, W, g, p, s) =>
      kernels.sparseRankUpdate(W!, g!, p!, s!, 1, 1, out),
    );
    expect([...left[0]!.subarray(out)]).toEqual(Array(stride - out).fill(0));
  }
});
