// The gradient of an affine layer's parameter as what it is made of: `gᵀ x` for W, the sum of the rows of g for b. Plain
// SGD moves the parameter by them without ever writing the gradient out; for one example that is most of the work.
import { gemm, type Matrix } from "../kernels/gemm.js";
import { type Block, kernels, release, retain } from "../kernels/heap.js";
import { denseOf, type Examples, nonZerosOf } from "./examples.js";

/** How a parameter lies: `[out, in]` by columns that are `stride` apart, or by rows (stride 0); a bias has no `in`. */
export interface Layout {
  readonly out: number;
  readonly stride: number;
}

/** `g[rows, out]` and the examples it came from; none for a bias. It owns a reference to both. */
export class Factors {
  readonly #g: Block;
  readonly #rows: number;
  readonly #x: Examples | undefined;

  constructor(g: Block, rows: number, x: Examples | undefined) {
    this.#g = retain(g);
    this.#rows = rows;
    this.#x = x;
    if (x !== undefined) retain(x.block);
  }

  release(): void {
    release(this.#g);
    if (this.#x !== undefined) release(this.#x.block);
  }

  /** `out += alpha · gradient`. */
  addTo(out: number, alpha: number, layout: Layout): void {
    const x = this.#x;
    if (x === undefined) kernels.sumRows(out, this.#g.pointer, alpha, this.#rows, layout.out, true);
    else if (layout.stride === 0) addByRows(out, this.#g.pointer, x, alpha, layout.out);
    else addByColumns(out, this.#g.pointer, x, alpha, layout);
  }
}

function addByColumns(W: number, g: number, x: Examples, alpha: number, { out, stride }: Layout): void {
  const { rows, features } = x;
  if (x.form === "pairs") {
    kernels.sparseRankUpdate(W, g, nonZerosOf(x), x.block.pointer, alpha, rows, out);
    return;
  }
  const dense = denseOf(x);
  if (rows === 1) kernels.rankOneColumns(W, g, dense.pointer, alpha, out, features);
  else {
    const transposed = { pointer: dense.pointer, rowStep: 1, columnStep: features };
    gemm(features, out, rows, alpha, transposed, byRows(g, out), byRows(W, stride), true);
  }
  release(dense);
}

function addByRows(W: number, g: number, x: Examples, alpha: number, out: number): void {
  const { rows, features } = x;
  if (x.form === "groups") {
    kernels.sparseRankUpdateRows(W, g, nonZerosOf(x), x.block.pointer, alpha, rows, out, features);
    return;
  }
  const dense = denseOf(x);
  if (rows === 1) kernels.rankOneRows(W, g, dense.pointer, alpha, out, features);
  else {
    const transposed = { pointer: g, rowStep: 1, columnStep: out };
    gemm(out, features, rows, alpha, transposed, byRows(dense.pointer, features), byRows(W, features), true);
  }
  release(dense);
}

const byRows = (pointer: number, length: number): Matrix => ({ pointer, rowStep: length, columnStep: 1 });
