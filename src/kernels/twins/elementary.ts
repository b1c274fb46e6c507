// exp, log, tanh and sigmoid of float32 numbers: computed in double precision, rounded when they are stored.
import { exp, log, tanh } from "../../nd/elementary.js";
import type { Kernels, Pointer } from "../kernels.js";
import { floatsAt, type Memory } from "./memory.js";

export const elementaryTwins = (memory: Memory): Pick<Kernels, "exp" | "log" | "tanh" | "sigmoid"> => ({
  exp: elementByElement(memory, exp),
  log: elementByElement(memory, log),
  tanh: elementByElement(memory, tanh),
  sigmoid: elementByElement(memory, sigmoid),
});

const elementByElement = (memory: Memory, f: (x: number) => number) => (y: Pointer, x: Pointer, n: number) => {
  const [Y, X] = [floatsAt(memory, y, n), floatsAt(memory, x, n)];
  for (let i = 0; i < n; i++) Y[i] = f(X[i]!);
};

function sigmoid(x: number): number {
  const e = exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}
