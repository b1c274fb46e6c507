// Affine layers, one example at a time, with W by columns or by rows.
import type { Kernels } from "../kernels.js";
import { floatsAt, type Memory } from "./memory.js";
import { strideOf, sumOf } from "./sums.js";

export const productTwins = (
  memory: Memory,
): Pick<
  Kernels,
  | "affineColumns"
  | "affineRows"
  | "affineInputColumns"
  | "affineInputRows"
  | "rankOneColumns"
  | "rankOneRows"
  | "updateAffineColumns"
> => {
  const at = (pointer: number, n: number) => floatsAt(memory, pointer, n);
  const byColumns = (W: number, out: number, inn: number) => at(W, inn * strideOf(out));
  const byRows = (W: number, out: number, inn: number) => at(W, out * inn);
  const affineColumns: Kernels["affineColumns"] = (y, W, b, x, out, inn) => {
    const [Y, w, B, X, stride] = [at(y, out), byColumns(W, out, inn), at(b, out), at(x, inn), strideOf(out)];
    for (let o = 0; o < out; o++) Y[o] = sumOf(inn, (i) => w[i * stride + o]! * X[i]!) + B[o]!;
  };
  const rankOneColumns: Kernels["rankOneColumns"] = (W, g, x, alpha, out, inn) => {
    const [w, G, X, stride] = [byColumns(W, out, inn), at(g, out), at(x, inn), strideOf(out)];
    for (let o = 0; o < out; o++) for (let i = 0; i < inn; i++) w[i * stride + o]! += alpha * G[o]! * X[i]!;
  };
  return {
    affineColumns,
    rankOneColumns,
    updateAffineColumns: (y, W, b, x, g, before, alpha, out, inn) => {
      rankOneColumns(W, g, before, alpha, out, inn);
      affineColumns(y, W, b, x, out, inn);
    },
    affineRows: (y, W, b, x, out, inn) => {
      const [Y, w, B, X] = [at(y, out), byRows(W, out, inn), at(b, out), at(x, inn)];
      for (let o = 0; o < out; o++) Y[o] = sumOf(inn, (i) => w[o * inn + i]! * X[i]!) + B[o]!;
    },
    affineInputColumns: (gx, W, g, out, inn, add) => {
      const [GX, w, G, stride] = [at(gx, inn), byColumns(W, out, inn), at(g, out), strideOf(out)];
      for (let i = 0; i < inn; i++) GX[i] = (add ? GX[i]! : 0) + sumOf(out, (o) => w[i * stride + o]! * G[o]!);
    },
    affineInputRows: (gx, W, g, out, inn, add) => {
      const [GX, w, G] = [at(gx, inn), byRows(W, out, inn), at(g, out)];
      for (let i = 0; i < inn; i++) GX[i] = (add ? GX[i]! : 0) + sumOf(out, (o) => w[o * inn + i]! * G[o]!);
    },
    rankOneRows: (W, g, x, alpha, out, inn) => {
      const [w, G, X] = [byRows(W, out, inn), at(g, out), at(x, inn)];
      for (let o = 0; o < out; o++) for (let i = 0; i < inn; i++) w[o * inn + i]! += alpha * G[o]! * X[i]!;
    },
  };
};
