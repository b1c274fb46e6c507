// The gradient of an affine layer's parameter as what it is made of: `gᵀ x` for W, the sum of the rows of g for b. Plain
// SGD moves the parameter by them without ever writing the gradient out; for one example that is most of the work.
import { gemm, type Matrix } from "../kernels/gemm.js";
import { type Block, kernels, release, retain } from "../kernels/heap.js";
import { denseOf, type Examples, nonZerosOf } from "./examples.js";

/** `g[rows, out]` and the examples it came from: what the gradients of W and of b are made of. */
export class Factors {
  readonly #g: Block;
  readonly #x: Examples;

  constructor(g: Block, x: Examples) {
    this.#g = g;
    this.#x = x;
  }

  /** The same, with a reference to both for the caller. */
  retain(): this {
    retain(this.#g);
    retain(this.#x.block);
    return this;
  }

  release(): void {
    release(this.#g);
    release(this.#x.block);
  }

  /** The two vectors whose product the gradient of W is, when it comes from one example with its zeros. */
  get vectors(): { readonly g: number; readonly x: number } | undefined {
    const { block, rows, form } = this.#x;
    return rows === 1 && form === "dense" ? { g: this.#g.pointer, x: block.pointer } : undefined;
  }

  /** Adds `alpha` times the gradient of W `[out, in]`, that lies by columns `stride` apart, or by rows (stride 0). */
  addToWeights(W: number, alpha: number, out: number, stride: number): void {
    if (stride === 0) addByRows(W, this.#g.pointer, this.#x, alpha, out);
    else addByColumns(W, this.#g.pointer, this.#x, alpha, out, stride);
  }

  /** Adds `alpha` times the gradient of b `[out]`. */
  addToBias(b: number, alpha: number, out: number): void {
    kernels.sumRows(b, this.#g.pointer, alpha, this.#x.rows, out, true);
  }
}

function addByColumns(W: number, g: number, x: Examples, alpha: number, out: number, stride: number): void {
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
