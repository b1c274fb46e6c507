// The gradient of an affine layer's parameter as what it is made of: `gᵀ x` for W, the sum of the rows of g for b. Plain
// SGD moves the parameter by them without ever writing the gradient out; for one example that is most of the work.
import { gemm, type Matrix } from "../kernels/gemm.js";
import { type Block, kernels, release, retain, take, words } from "../kernels/heap.js";

/** Inputs `[rows, in]` of an affine layer as kernels take them: all of them, or only those that are not 0. */
export interface Examples {
  readonly block: Block;
  readonly rows: number;
  readonly features: number;
  readonly isSparse: boolean;
}

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
  const { block, rows, features, isSparse } = x;
  if (isSparse) kernels.sparseRankUpdate(W, g, pairsOf(x), block.pointer, alpha, rows, out);
  else if (rows === 1) kernels.rankOneColumns(W, g, block.pointer, alpha, out, features);
  else {
    const transposed = { pointer: block.pointer, rowStep: 1, columnStep: features };
    gemm(features, out, rows, alpha, transposed, byRows(g, out), byRows(W, stride), true);
  }
}

function addByRows(W: number, g: number, x: Examples, alpha: number, out: number): void {
  const { rows, features } = x;
  const dense = x.isSparse ? denseOf(x) : retain(x.block);
  if (rows === 1) kernels.rankOneRows(W, g, dense.pointer, alpha, out, features);
  else {
    const transposed = { pointer: g, rowStep: 1, columnStep: out };
    gemm(out, features, rows, alpha, transposed, byRows(dense.pointer, features), byRows(W, features), true);
  }
  release(dense);
}

const byRows = (pointer: number, length: number): Matrix => ({ pointer, rowStep: length, columnStep: 1 });

/** From this many features on it pays to look for zeros; at least 32, for {@link looksSparse}. */
const fewestFeatures = 64;

/** The examples in `x`, without their zeros if these are most of them. Owns a reference to its block; `x` stays the caller's. */
export function examplesOf(x: Block, rows: number, features: number, mayBeSparse: boolean): Examples {
  if (mayBeSparse && features >= fewestFeatures && looksSparse(x, rows, features)) {
    const sparse = withoutZeros(x, rows, features);
    if (sparse !== undefined) return sparse;
  }
  return { block: retain(x), rows, features, isSparse: false };
}

/** The examples as their non-zeros, unless these are the half or more. */
function withoutZeros(x: Block, rows: number, features: number): Examples | undefined {
  const limit = (rows * features) >> 1;
  const block = take(headerOf(rows) + 2 * (limit + features));
  const sparse = { block, rows, features, isSparse: true };
  if (kernels.collectNonZeros(pairsOf(sparse), block.pointer, x.pointer, rows, features, limit) >= 0) return sparse;
  release(block);
  return undefined;
}

/** Where the pairs (column, value) lie: behind the places where the rows begin. */
export const pairsOf = ({ block, rows }: Examples): number => block.pointer + 4 * headerOf(rows);

/** The examples with their zeros, as a block of its own. */
export function denseOf(x: Examples): Block {
  const { block, rows, features } = x;
  const dense = take(rows * features);
  kernels.fill(dense.pointer, 0, rows * features, false);
  const [starts, pairs, first] = [block.pointer >>> 2, pairsOf(x) >>> 2, dense.pointer >>> 2];
  for (let row = 0; row < rows; row++) {
    for (let k = words[starts + row]!; k < words[starts + row + 1]!; k++) {
      words[first + row * features + words[pairs + 2 * k]!] = words[pairs + 2 * k + 1]!; // bits, whatever they mean
    }
  }
  return dense;
}

/** A look at some numbers of the first example: looking through dense ones in vain would cost a tenth of the time. */
function looksSparse(x: Block, rows: number, features: number): boolean {
  if (rows === 0) return false;
  const first = x.pointer >>> 2;
  const apart = Math.floor(features / 32);
  let zeros = 0;
  for (let i = 0; i < 32; i++) if (words[first + i * apart] === 0) zeros++;
  return zeros > 12;
}

/** Words for the places where the rows begin, in whole blocks of 64 bytes. */
const headerOf = (rows: number): number => (rows + 16) & ~15;
