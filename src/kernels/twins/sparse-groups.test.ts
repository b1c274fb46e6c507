import { describe, expect, test } from "vitest";
import fc from "../../../test/properties.js";
import { numbers, withinRoundings } from "../../../test/rounded-sums.js";
import { expectSideBySide, sameBits, size } from "../../../test/side-by-side.js";
import { loadKernels } from "../load.js";

/** A batch of which about one group of four features in `one in` is not all 0; −0 is. */
interface Batch {
  readonly rows: number;
  readonly inn: number;
  readonly X: Float32Array;
  readonly seed: number;
}

/** Outputs of a layer: around the eight and four rows of W that go together. */
const outputs = fc.oneof(size(40), fc.constantFrom(8, 9, 10, 11, 12, 13, 16, 100));

/** A group that counts holds some zeros of both signs. */
const batches: fc.Arbitrary<Batch> = fc
  .tuple(size(9), size(25), fc.nat(), fc.constantFrom(1, 2, 5, 30))
  .map(([rows, groupsInRow, seed, oneIn]) => {
    const inn = 4 * groupsInRow;
    const chance = numbers(rows * inn, seed + 1);
    const drawn = (i: number) => Math.abs(chance[i]! * 1e4);
    const X = numbers(rows * inn, seed).map((value, i) => {
      if (drawn(4 * Math.floor(i / 4)) % oneIn >= 1) return i % 3 === 0 ? 0 : -0;
      return drawn(i) % 5 < 1 ? -0 : value;
    });
    return { rows, inn, X, seed };
  });

/** What nobody may take for a number: in the unused words of a group. */
const garbage = -1;

/** The groups of a batch, as the kernels want them; `entries` are (row, feature of the first, values). */
function groupsOf({ rows, inn, X }: Batch) {
  const entries = Array.from({ length: X.length / 4 }, (_, q) => q * 4)
    .map((i) => ({ row: Math.floor(i / inn), feature: i % inn, values: X.slice(i, i + 4) }))
    .filter(({ values }) => values.some((value) => value !== 0));
  const groups = new Int32Array(8 * entries.length).fill(garbage);
  entries.forEach(({ feature, values }, i) => {
    groups[8 * i] = feature;
    groups.set(new Int32Array(values.buffer), 8 * i + 4);
  });
  const starts = Int32Array.from({ length: rows + 1 }, (_, row) => entries.filter((entry) => entry.row < row).length);
  return { entries, groups, starts };
}

const isUnused = (word: number) => word % 8 > 0 && word % 8 < 4;

describe("collectGroups", () => {
  test("writes the groups of each row and where it begins", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const { rows, inn, X } = batch;
        const { groups, starts } = groupsOf(batch);
        const count = groups.length / 8;
        const room = new Int32Array(8 * count + 2 * inn);
        const { left, returned } = expectSideBySide(
          [room, new Int32Array(rows + 1), X],
          (kernels, g, s, x) => kernels.collectGroups(g!, s!, x!, rows, inn, count),
          (received, expected, i, block) =>
            (block === 0 && (i >= 8 * count || isUnused(i))) || Object.is(received, expected),
        );
        expect(returned).toBe(count);
        expect([...wordsOf(left[1]!)]).toEqual([...starts]);
        const written = wordsOf(left[0]!).subarray(0, 8 * count);
        expect([...written].filter((_, i) => !isUnused(i))).toEqual([...groups].filter((_, i) => !isUnused(i)));
      }),
    );
  });

  test("gives up when there are more than the limit, within the room there is", () => {
    fc.assert(
      fc.property(batches, fc.nat(99), (batch, percent) => {
        const { rows, inn, X } = batch;
        const count = groupsOf(batch).entries.length;
        const limit = Math.floor((count * percent) / 100);
        const { returned } = expectSideBySide(
          [new Int32Array(8 * limit + 2 * inn), new Int32Array(rows + 1), X],
          (kernels, g, s, x) => kernels.collectGroups(g!, s!, x!, rows, inn, limit),
          () => true,
        );
        expect(returned).toBe(count > limit ? -1 : count);
      }),
    );
  });

  test("keeps a group for one NaN, infinity or smallest number in any place, and none for zeros of both signs", () => {
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY, 2 ** -149, -(2 ** -149)]) {
      for (let place = 0; place < 4; place++) {
        const X = Float32Array.of(0, -0, 0, -0, -0, 0, -0, 0, 0, 0, 0, 0);
        X[4 + place] = value;
        const { left, returned } = expectSideBySide(
          [new Int32Array(32), new Int32Array(2), X],
          (kernels, g, s, x) => kernels.collectGroups(g!, s!, x!, 1, 12, 1),
          (received, expected, i, block) => (block === 0 && (i >= 8 || isUnused(i))) || Object.is(received, expected),
        );
        expect(returned).toBe(1);
        expect(wordsOf(left[0]!)[0]).toBe(4);
        expect([...left[0]!.subarray(4, 8)]).toEqual([...X.subarray(4, 8)]);
      }
    }
  });
});

const wordsOf = ({ buffer, byteOffset, length }: Float32Array) => new Int32Array(buffer, byteOffset, length);

test("sparseAffineRows is x Wᵀ + b, for any number of outputs", () => {
  fc.assert(
    fc.property(batches, outputs, (batch, out) => {
      const { rows, inn, seed } = batch;
      const { entries, groups, starts } = groupsOf(batch);
      const [W, b] = [numbers(out * inn, seed + 2), numbers(out, seed + 3)];
      const added = new Float64Array(rows * out).map((_, i) => Math.abs(b[i % out]!));
      for (const { row, feature, values } of entries) {
        for (let o = 0; o < out; o++) {
          for (const [lane, value] of values.entries()) {
            added[row * out + o]! += Math.abs(value * W[o * inn + feature + lane]!);
          }
        }
      }
      expectSideBySide(
        [new Float32Array(rows * out).fill(Number.NaN), W, b, groups, starts],
        (kernels, y, W, b, g, s) => kernels.sparseAffineRows(y!, W!, b!, g!, s!, rows, out, inn),
        withinRoundings(inn + 4, (i) => added[i]!),
      );
    }),
  );
});

test("sparseRankUpdateRows adds alpha gᵀ x to W, for any number of outputs", () => {
  fc.assert(
    fc.property(batches, outputs, fc.constantFrom(1, -0.01), (batch, out, alpha) => {
      const { rows, inn, seed } = batch;
      const { entries, groups, starts } = groupsOf(batch);
      const [W, g] = [numbers(out * inn, seed + 2), numbers(rows * out, seed + 3)];
      const added = Float64Array.from(W, Math.abs);
      for (const { row, feature, values } of entries) {
        for (let o = 0; o < out; o++) {
          for (const [lane, value] of values.entries()) {
            added[o * inn + feature + lane]! += Math.abs(alpha * g[row * out + o]! * value);
          }
        }
      }
      expectSideBySide(
        [W, g, groups, starts],
        (kernels, W, g, p, s) => kernels.sparseRankUpdateRows(W!, g!, p!, s!, Math.fround(alpha), rows, out, inn),
        withinRoundings(3 * rows + 4, (i) => added[i]!),
      );
    }),
  );
});

test("sparseAffineRows gives a row the same bits alone and in a batch, and touches no other row", () => {
  fc.assert(
    fc.property(batches, outputs, (batch, out) => {
      const { rows, inn, seed } = batch;
      const { groups, starts } = groupsOf(batch);
      const [W, b] = [numbers(out * inn, seed + 2), numbers(out, seed + 3)];
      const rowByRow = new Float32Array(rows * out);
      const batchAtOnce = new Float32Array(rows * out);
      const { left } = expectSideBySide(
        [batchAtOnce, rowByRow, W, b, groups, starts],
        (kernels, y, yRow, W, b, g, s) => {
          kernels.sparseAffineRows(y!, W!, b!, g!, s!, rows, out, inn);
          for (let r = rows - 1; r >= 0; r--) {
            kernels.sparseAffineRows(yRow! + 4 * r * out, W!, b!, g!, s! + 4 * r, 1, out, inn);
          }
        },
        (received, expected, i, block) => block < 2 || sameBits(received, expected, i, block),
      );
      expect(left[0]).toEqual(left[1]);
    }),
  );
});

test("sparseRankUpdateRows gives W the same bits row by row and in a batch", () => {
  fc.assert(
    fc.property(batches, outputs, (batch, out) => {
      const { rows, inn, seed } = batch;
      const { groups, starts } = groupsOf(batch);
      const [W, g] = [numbers(out * inn, seed + 2), numbers(rows * out, seed + 3)];
      const { left } = expectSideBySide(
        [W, W, g, groups, starts],
        (kernels, W, WRow, g, p, s) => {
          kernels.sparseRankUpdateRows(W!, g!, p!, s!, 1, rows, out, inn);
          for (let r = 0; r < rows; r++) {
            kernels.sparseRankUpdateRows(WRow!, g! + 4 * r * out, p!, s! + 4 * r, 1, 1, out, inn);
          }
        },
        (received, expected, i, block) => block < 2 || sameBits(received, expected, i, block),
      );
      expect(left[0]).toEqual(left[1]);
    }),
  );
});

test("an input that is not finite reaches its own group of W alone", () => {
  const [out, inn] = [10, 12];
  const [W, g] = [numbers(out * inn, 1), numbers(out, 2)];
  const x = Float32Array.of(0, Number.POSITIVE_INFINITY, 0, 0);
  const groups = Int32Array.of(4, garbage, garbage, garbage, ...new Int32Array(x.buffer)); // features 4 to 7
  const { left } = expectSideBySide([W, g, groups, Int32Array.of(0, 1)], (kernels, W, g, p, s) =>
    kernels.sparseRankUpdateRows(W!, g!, p!, s!, 1, 1, out, inn),
  );
  const inGroup = (i: number) => i % inn >= 4 && i % inn < 8;
  expect([...left[0]!].filter((_, i) => !inGroup(i))).toEqual([...W].filter((_, i) => !inGroup(i)));
  expect([...left[0]!].every((value, i) => i % inn !== 5 || !Number.isFinite(value))).toBe(true);
});

test("the kernels of groups read and write nothing behind a block where the memory ends", () => {
  const memory = new WebAssembly.Memory({ initial: 4, maximum: 4, shared: true });
  const kernels = loadKernels(memory);
  const end = memory.buffer.byteLength;
  for (const [out, inn, rows] of [1, 3, 4, 5, 7, 8, 10, 13].flatMap((n) =>
    [4, 12, 20].map((m) => [n, m, 3] as const),
  )) {
    const limit = (rows * inn) / 4;
    const sizes = [8 * limit + 2 * inn, rows + 1, rows * inn, rows * out, out * inn, out];
    for (let last = 0; last < sizes.length; last++) {
      const [groups, starts, x, y, W, b] = pointersTo(sizes, last, end);
      new Float32Array(memory.buffer).fill(1);
      const call = () => {
        kernels.collectGroups(groups!, starts!, x!, rows, inn, limit);
        kernels.sparseAffineRows(y!, W!, b!, groups!, starts!, rows, out, inn);
        kernels.sparseRankUpdateRows(W!, y!, groups!, starts!, 1, rows, out, inn);
      };
      expect(call, `${out} outputs, ${inn} features, block ${last} at the end`).not.toThrow();
    }
  }
});

/** Pointers to blocks of so many numbers, one of them at the end of the memory. */
function pointersTo(sizes: readonly number[], last: number, end: number): number[] {
  let next = 64;
  return sizes.map((n, i) => {
    const bytes = Math.ceil(n / 16) * 64;
    if (i === last) return end - bytes;
    next += bytes;
    return next - bytes;
  });
}
