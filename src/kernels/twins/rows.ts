// Rows of matrices: fill them, add them up, transpose them.
import type { Kernels } from "../kernels.js";
import { floatsAt, type Memory } from "./memory.js";
import { sumOf } from "./sums.js";

export const rowTwins = (memory: Memory): Pick<Kernels, "fillRows" | "sumRows" | "transpose"> => ({
  fillRows: (y, b, rows, n) => {
    const Y = floatsAt(memory, y, rows * n);
    for (let row = 0; row < rows; row++) Y.set(floatsAt(memory, b, n), row * n);
  },
  sumRows: (out, g, alpha, rows, n, add) => {
    const [OUT, G] = [floatsAt(memory, out, n), floatsAt(memory, g, rows * n)];
    for (let j = 0; j < n; j++) OUT[j] = (add ? OUT[j]! : 0) + alpha * sumOf(rows, (row) => G[row * n + j]!);
  },
  transpose: (out, a, rows, columns, aStep, outStep) => {
    const { floats } = memory;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) floats[out / 4 + j * outStep + i] = floats[a / 4 + i * aStep + j]!;
    }
  },
});
