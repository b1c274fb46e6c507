// ReLU, and the gradients of the activations from their results; every step is rounded to float32.
import type { Kernels, Pointer } from "../kernels.js";
import { floatsAt, type Memory, stored } from "./memory.js";

const round = Math.fround;

export const activationTwins = (
  memory: Memory,
): Pick<Kernels, "relu" | "reluBackward" | "tanhBackward" | "sigmoidBackward"> => ({
  relu: (y, x, n) => {
    const [Y, X] = [floatsAt(memory, y, n), floatsAt(memory, x, n)];
    for (let i = 0; i < n; i++) Y[i] = Math.max(X[i]!, 0);
  },
  reluBackward: gradientFromResult(memory, (g, y) => (y > 0 ? g : 0)),
  tanhBackward: gradientFromResult(memory, (g, y) => g * round(1 - round(y * y))),
  sigmoidBackward: gradientFromResult(memory, (g, y) => g * round(y * round(1 - y))),
});

const gradientFromResult =
  (memory: Memory, f: (g: number, y: number) => number) =>
  (gx: Pointer, g: Pointer, y: Pointer, n: number, add: boolean) => {
    const [GX, G, Y] = [floatsAt(memory, gx, n), floatsAt(memory, g, n), floatsAt(memory, y, n)];
    for (let i = 0; i < n; i++) GX[i] = stored(GX[i]!, f(G[i]!, Y[i]!), add);
  };
