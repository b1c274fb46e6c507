// The steps that need the library's heap and kernels: the same computations as `products.ts` and `layer.ts`, faster.
import type { Block } from "../../src/kernels/heap.js";
import type { LayerStart } from "../competitors/task.js";
import { gemm, heap } from "./internals.js";
import { halfSquares, type Learn, type ResultMemory } from "./layer.js";
import type { Sizes } from "./products.js";

/** A product whose matrices lie on the heap. */
export interface HeapProduct {
  readonly run: () => void;
  readonly result: () => Float32Array;
}

/** Row by row of A, each through the kernel for one example: B is read again for every one of them. */
export function productByRows({ m, n, k }: Sizes, A: Float32Array, B: Float32Array): HeapProduct {
  const { kernels } = heap;
  const [a, b, c, zero] = [heap.copyIn(A), heap.copyIn(B), heap.take(m * n), heap.copyIn(new Float32Array(n))];
  const run = () => {
    for (let i = 0; i < m; i++) {
      kernels.affineColumns(c.pointer + 4 * i * n, b.pointer, zero.pointer, a.pointer + 4 * i * k, n, k);
    }
  };
  return { run, result: () => heap.copyOut(c, m * n) };
}

/** As the library does it for batches. */
export function productInTiles({ m, n, k }: Sizes, A: Float32Array, B: Float32Array): HeapProduct {
  const [a, b, c] = [heap.copyIn(A), heap.copyIn(B), heap.take(m * n)];
  const byRows = ({ pointer }: Block, length: number) => ({ pointer, rowStep: length, columnStep: 1 });
  const run = () => gemm(m, n, k, 1, byRows(a, k), byRows(b, n), byRows(c, n), false);
  return { run, result: () => heap.copyOut(c, m * n) };
}

/** Blocks of the heap, used again for the next results. */
export function pooledMemory(): ResultMemory {
  const taken: Block[] = [];
  return {
    take(n) {
      const block = heap.take(n);
      taken.push(block);
      return { floats: heap.floats, start: block.pointer >>> 2 };
    },
    giveBack() {
      while (taken.length > 0) heap.release(taken.pop()!);
    },
  };
}

/** What a layer has on the heap: W by columns. */
interface HeapLayer {
  readonly out: number;
  readonly inn: number;
  readonly rate: number;
  readonly W: Block;
  readonly b: Block;
}

/** Computes y and moves W for one example; between the two, `gradientOf` turns y into g. */
type Pass = (layer: HeapLayer, x: Block, y: Block, gradientOf: (y: Block) => Block) => void;

/** The gradient of W is written out, then subtracted. */
export const writtenGradient: Pass = ({ W, b, out, inn, rate }, x, y, gradientOf) => {
  const { kernels } = heap;
  kernels.affineColumns(y.pointer, W.pointer, b.pointer, x.pointer, out, inn);
  const g = gradientOf(y);
  const G = heap.take(out * inn);
  kernels.fill(G.pointer, 0, out * inn, false);
  kernels.rankOneColumns(G.pointer, g.pointer, x.pointer, 1, out, inn);
  kernels.scale(W.pointer, G.pointer, -rate, out * inn, true);
  heap.release(G);
};

/** W moves by g and x themselves. */
export const gradientInFactors: Pass = ({ W, b, out, inn, rate }, x, y, gradientOf) => {
  const { kernels } = heap;
  kernels.affineColumns(y.pointer, W.pointer, b.pointer, x.pointer, out, inn);
  const g = gradientOf(y);
  kernels.rankOneColumns(W.pointer, g.pointer, x.pointer, -rate, out, inn);
};

/** Only the columns of W that meet a non-zero are read and moved. */
export const withoutZeros: Pass = (layer, x, y, gradientOf) => {
  const { kernels } = heap;
  const { W, b, out, inn, rate } = layer;
  const limit = inn >> 1;
  const [starts, pairs] = [heap.take(2), heap.take(2 * (limit + inn))];
  if (kernels.collectNonZeros(pairs.pointer, starts.pointer, x.pointer, 1, inn, limit) < 0) {
    gradientInFactors(layer, x, y, gradientOf);
  } else {
    kernels.sparseAffine(y.pointer, W.pointer, b.pointer, pairs.pointer, starts.pointer, 1, out);
    const g = gradientOf(y);
    kernels.sparseRankUpdate(W.pointer, g.pointer, pairs.pointer, starts.pointer, -rate, 1, out);
  }
  heap.release(starts);
  heap.release(pairs);
};

/** A layer that learns by kernels; `start.out` is a multiple of 4. */
export function layerByKernels(pass: Pass, start: LayerStart, rate: number): Learn {
  const { kernels } = heap;
  const { out, in: inn } = start;
  const layer: HeapLayer = { out, inn, rate, W: columnsOf(start), b: heap.copyIn(start.b) };
  return (example, wanted) => {
    const [x, y, target] = [heap.copyIn(example), heap.take(out), heap.copyIn(wanted)];
    pass(layer, x, y, () => {
      kernels.sub(y.pointer, y.pointer, target.pointer, out);
      return y;
    });
    kernels.scale(layer.b.pointer, y.pointer, -rate, out, true);
    const loss = halfSquares({ floats: heap.floats, start: y.pointer >>> 2 }, out);
    for (const block of [x, y, target]) heap.release(block);
    return loss;
  };
}

function columnsOf({ W, out, in: inn }: LayerStart): Block {
  const [byRows, byColumns] = [heap.copyIn(W), heap.take(W.length)];
  heap.kernels.transpose(byColumns.pointer, byRows.pointer, out, inn, inn, out);
  heap.release(byRows);
  return byColumns;
}
