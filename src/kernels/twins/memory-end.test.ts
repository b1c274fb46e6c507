// Memory may end right behind any block: a kernel that read further would trap there, and only there.
import { expect, test } from "vitest";
import { loadKernels } from "../load.js";
import { strideOf } from "./sums.js";

const pages = 4;
const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
const kernels = loadKernels(memory);
const end = memory.buffer.byteLength;

/** Calls a kernel with pointers to blocks of so many numbers, once with each of them at the end of the memory. */
function expectWithinMemory(sizes: readonly number[], call: (...pointers: number[]) => unknown): void {
  const bytes = sizes.map((n) => Math.ceil(n / 16) * 64);
  for (let last = 0; last < sizes.length; last++) {
    let next = 64;
    const pointers = bytes.map((size, i) => {
      if (i === last) return end - size;
      next += size;
      return next - size;
    });
    expect(() => call(...pointers), `block ${last} of ${sizes} at the end`).not.toThrow();
  }
}

/** Calls the test with all pairs of sizes up to 18, around the widths of vectors and tiles. */
function forAllSizes(check: (n: number, m: number) => void): void {
  for (let n = 0; n <= 18; n++) for (let m = 0; m <= 18; m++) check(n, m);
}

test("the kernels of affine layers read and write nothing behind their blocks", () => {
  new Float32Array(memory.buffer).fill(1);
  forAllSizes((out, inn) => {
    for (const layout of ["Columns", "Rows"] as const) {
      const weights = layout === "Rows" ? out * inn : inn * strideOf(out);
      const [affine, input, rankOne] = [`affine${layout}`, `affineInput${layout}`, `rankOne${layout}`] as const;
      expectWithinMemory([out, weights, out, inn], (y, W, b, x) => kernels[affine](y!, W!, b!, x!, out, inn));
      expectWithinMemory([inn, weights, out], (gx, W, g) => kernels[input](gx!, W!, g!, out, inn, true));
      expectWithinMemory([weights, out, inn], (W, g, x) => kernels[rankOne](W!, g!, x!, 1, out, inn));
    }
    expectWithinMemory([out, inn * strideOf(out), out, inn, out, inn], (y, W, b, x, g, before) =>
      kernels.updateAffineColumns(y!, W!, b!, x!, g!, before!, 1, out, inn),
    );
  });
});

test("the kernels of non-zeros read and write nothing behind their blocks", () => {
  const inn = 21;
  const words = new Int32Array(memory.buffer);
  for (let out = 0; out <= 40; out++) {
    for (let rows = 1; rows <= 8; rows++) {
      const [numbers, blockOfPairs, starts] = [rows * inn, 2 * (rows * inn + inn), rows + 1];
      const collect = (p: number, s: number, x: number) => {
        words.fill(0x3f800000); // the float32 number 1
        kernels.collectNonZeros(p, s, x, rows, inn, rows * inn);
      };
      expectWithinMemory([blockOfPairs, starts, numbers, rows * out, inn * strideOf(out), out], (p, s, x, y, W, b) => {
        collect(p!, s!, x!);
        kernels.sparseAffine(y!, W!, b!, p!, s!, rows, out);
        kernels.sparseRankUpdate(W!, y!, p!, s!, 1, rows, out);
      });
    }
  }
});

test("the kernels of matrices read and write nothing behind their blocks", () => {
  const workspace = kernels.gemmWorkspaceBytes() / 4;
  forAllSizes((m, n) => {
    expectWithinMemory([m * n, n], (y, b) => kernels.fillRows(y!, b!, m, n));
    expectWithinMemory([n, m * n], (out, g) => kernels.sumRows(out!, g!, 1, m, n, true));
    expectWithinMemory([m * n, m * n], (out, a) => kernels.transpose(out!, a!, m, n, n, m));
    for (const k of [0, 1, 3, 9]) {
      for (const [aRow, aColumn] of bothLayouts(m, k)) {
        for (const [bRow, bColumn] of bothLayouts(k, n)) {
          expectWithinMemory([m * k, k * n, m * n, workspace], (a, b, c, w) =>
            kernels.gemm(m, n, k, 2, a!, aRow, aColumn, b!, bRow, bColumn, c!, n, true, w!),
          );
        }
      }
    }
  });
});

/** The steps between rows and between columns of a matrix by rows, and of one by columns. */
const bothLayouts = (rows: number, columns: number): [number, number][] => [
  [columns, 1],
  [1, rows],
];
