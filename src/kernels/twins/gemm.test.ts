import { expect, test } from "vitest";
import fc from "../../../test/properties.js";
import { numbers, withinRoundings } from "../../../test/rounded-sums.js";
import { expectSideBySide, size } from "../../../test/side-by-side.js";
import { loadKernels } from "../load.js";
import { newSharedMemory } from "../webassembly.js";
import { sumOf } from "./sums.js";

const workspaceFloats = loadKernels(newSharedMemory(1, 1)).gemmWorkspaceBytes() / 4;

/** Sizes around those that the kernel cuts matrices into: 2 and 4 rows, 4, 8, 12 and 16 columns, 128 rows, 264 of k. */
const around = (...limits: number[]): fc.Arbitrary<number> =>
  fc.oneof(size(), fc.constantFrom(...limits.flatMap((limit) => [limit - 1, limit, limit + 1])));

/** A matrix `[rows, columns]` in memory: by rows or by columns, with NaN between its rows, or columns. */
interface Matrix {
  readonly data: Float32Array;
  readonly row: number;
  readonly column: number;
}

function matrix(rows: number, columns: number, gap: number, isByRows: boolean, seed: number): Matrix {
  const [many, within] = isByRows ? [rows, columns] : [columns, rows];
  const step = within + gap;
  const data = numbers(many * step, seed).map((value, i) => (i % step < within ? value : Number.NaN));
  return isByRows ? { data, row: step, column: 1 } : { data, row: 1, column: step };
}

interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly alpha: number;
  readonly A: Matrix;
  readonly B: Matrix;
  readonly C: Matrix;
}

const products: fc.Arbitrary<Product> = fc
  .record({
    m: around(128, 256),
    n: around(16, 32, 48),
    k: around(264, 528),
    alpha: fc.constantFrom(1, -0.01),
    gaps: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)),
    byRows: fc.tuple(fc.boolean(), fc.boolean()),
    seed: fc.nat(),
  })
  .map(({ m, n, k, alpha, gaps, byRows, seed }) => ({
    ...{ m, n, k, alpha: Math.fround(alpha) },
    A: matrix(m, k, gaps[0], byRows[0], seed),
    B: matrix(k, n, gaps[1], byRows[1], seed + 1),
    C: matrix(m, n, gaps[2], true, seed + 2),
  }));

const workspace = () => new Float32Array(workspaceFloats).fill(Number.NaN);

test("gemm is alpha A B, added or in place of what was there, and leaves alone what lies between the rows of C", () => {
  fc.assert(
    fc.property(products, fc.boolean(), ({ m, n, k, alpha, A, B, C }, add) => {
      const added = (index: number) => {
        const [i, j] = [Math.floor(index / C.row), index % C.row];
        const product = sumOf(k, (q) =>
          Math.abs(A.data[i * A.row + q * A.column]! * B.data[q * B.row + j * B.column]!),
        );
        return Math.abs(C.data[index]!) + Math.abs(alpha) * product;
      };
      const same = withinRoundings(k + 4, added);
      expectSideBySide(
        [C.data, A.data, B.data, workspace()],
        (kernels, c, a, b, w) =>
          kernels.gemm(m, n, k, alpha, a!, A.row, A.column, b!, B.row, B.column, c!, C.row, add, w!),
        (received, expected, i, block) => block === 3 || same(received, expected, i, block),
      );
    }),
  );
});

test("gemm does not read what C held when it does not add to it", () => {
  const C = new Float32Array(5 * 21).fill(Number.NaN);
  for (const k of [0, 3]) {
    const { left } = expectSideBySide(
      [C, new Float32Array(5 * k), new Float32Array(21 * k), workspace()],
      (kernels, c, a, b, w) => kernels.gemm(5, 21, k, 1, a!, k, 1, b!, 21, 1, c!, 21, false, w!),
      (received, expected, _i, block) => block === 3 || Object.is(received, expected),
    );
    expect(left[0]).toEqual(new Float32Array(5 * 21));
  }
});

test("gemm gives the same bits in one piece and cut anywhere between rows and columns of C", () => {
  fc.assert(
    fc.property(products, fc.boolean(), fc.nat(99), fc.nat(99), ({ m, n, k, alpha, A, B, C }, add, row, column) => {
      const [top, left] = [Math.floor((m * row) / 100), Math.floor((n * column) / 100)];
      const parts = [
        { i: 0, j: 0, rows: top, columns: left },
        { i: 0, j: left, rows: top, columns: n - left },
        { i: top, j: 0, rows: m - top, columns: left },
        { i: top, j: left, rows: m - top, columns: n - left },
      ];
      const { left: written } = expectSideBySide(
        [C.data, C.data, A.data, B.data, workspace()],
        (kernels, whole, cut, a, b, w) => {
          kernels.gemm(m, n, k, alpha, a!, A.row, A.column, b!, B.row, B.column, whole!, C.row, add, w!);
          for (const { i, j, rows, columns } of parts) {
            const [ai, bj, cij] = [a! + 4 * i * A.row, b! + 4 * j * B.column, cut! + 4 * (i * C.row + j)];
            kernels.gemm(rows, columns, k, alpha, ai, A.row, A.column, bj, B.row, B.column, cij, C.row, add, w!);
          }
        },
        () => true,
      );
      expect(written[1]).toEqual(written[0]);
    }),
    { numRuns: 30 },
  );
});
