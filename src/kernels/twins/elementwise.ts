// Arithmetic, element by element. Constants are rounded to float32 first, as NdArray does.
import type { Kernels } from "../kernels.js";
import { floatsAt, type Memory, stored } from "./memory.js";

const round = Math.fround;

export const elementwiseTwins = (
  memory: Memory,
): Pick<Kernels, "add" | "sub" | "mul" | "div" | "shift" | "scale" | "fill" | "sum"> => {
  const at = (pointer: number, n: number) => floatsAt(memory, pointer, n);
  return {
    add: (y, a, b, n) => {
      const [Y, A, B] = [at(y, n), at(a, n), at(b, n)];
      for (let i = 0; i < n; i++) Y[i] = A[i]! + B[i]!;
    },
    sub: (y, a, b, n) => {
      const [Y, A, B] = [at(y, n), at(a, n), at(b, n)];
      for (let i = 0; i < n; i++) Y[i] = A[i]! - B[i]!;
    },
    mul: (y, a, b, n, add) => {
      const [Y, A, B] = [at(y, n), at(a, n), at(b, n)];
      for (let i = 0; i < n; i++) Y[i] = stored(Y[i]!, A[i]! * B[i]!, add);
    },
    div: (y, a, b, n, add) => {
      const [Y, A, B] = [at(y, n), at(a, n), at(b, n)];
      for (let i = 0; i < n; i++) Y[i] = stored(Y[i]!, A[i]! / B[i]!, add);
    },
    shift: (y, x, c, n) => {
      const [Y, X] = [at(y, n), at(x, n)];
      for (let i = 0; i < n; i++) Y[i] = X[i]! + round(c);
    },
    scale: (y, x, c, n, add) => {
      const [Y, X] = [at(y, n), at(x, n)];
      for (let i = 0; i < n; i++) Y[i] = stored(Y[i]!, X[i]! * round(c), add);
    },
    fill: (y, c, n, add) => {
      const Y = at(y, n);
      for (let i = 0; i < n; i++) Y[i] = stored(Y[i]!, c, add);
    },
    sum: (x, n) => at(x, n).reduce((total, value) => total + value, 0),
  };
};
