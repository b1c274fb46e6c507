// The product of matrices.
import type { Kernels } from "../kernels.js";
import type { Memory } from "./memory.js";
import { sumOf } from "./sums.js";

export const gemmTwins = ({ floats }: Memory): Pick<Kernels, "gemm" | "gemmWorkspaceBytes"> => ({
  gemm: (m, n, k, alpha, a, aRow, aColumn, b, bRow, bColumn, c, cRow, add) => {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const A = a / 4 + i * aRow;
        const B = b / 4 + j * bColumn;
        const C = c / 4 + i * cRow + j;
        const product = sumOf(k, (q) => floats[A + q * aColumn]! * floats[B + q * bRow]!);
        floats[C] = (add ? floats[C]! : 0) + alpha * product;
      }
    }
  },
  gemmWorkspaceBytes: () => 0,
});
