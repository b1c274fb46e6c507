// Products of matrices on the heap: by this thread, or in tiles by several where `setWorkers` has made some.
import { kernels, take } from "./heap.js";
import type { Pointer } from "./kernels.js";
import { crew } from "./workers.js";

/** A matrix of a product: element (i, j) lies `i rowStep + j columnStep` numbers behind the pointer. */
export interface Matrix {
  readonly pointer: Pointer;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** From so many multiplications on threads share a product: about 50 µs of work, to wake one takes 15. */
const fewestShared = 2 ** 20;

let workspace: Pointer | undefined;

/** `C[m, n] (+)= alpha A[m, k] B[k, n]`; the columns of C lie side by side. */
export function gemm(
  m: number,
  n: number,
  k: number,
  alpha: number,
  A: Matrix,
  B: Matrix,
  C: Matrix,
  add: boolean,
): void {
  if (crew !== undefined && m * n * k >= fewestShared) {
    const shares = tilesOf(m, n, crew.size).map((tile) => callOf(tile, k, alpha, A, B, C, add));
    crew.compute("gemm", shares);
    return;
  }
  workspace ??= take(kernels.gemmWorkspaceBytes() / 4).pointer;
  kernels.gemm(
    m,
    n,
    k,
    alpha,
    A.pointer,
    A.rowStep,
    A.columnStep,
    B.pointer,
    B.rowStep,
    B.columnStep,
    C.pointer,
    C.rowStep,
    add,
    workspace,
  );
}

/** A part of C, from row `i` and column `j` on. */
interface Tile {
  readonly i: number;
  readonly j: number;
  readonly rows: number;
  readonly columns: number;
}

/** Fewer rows than this do not pay for copying B, which every share does. */
const fewestRows = 16;
/** What the kernel computes at once: no share but the last ends in between. */
const [tileRows, tileColumns] = [4, 16];

/** Two shares a thread, so that one that comes late finds less to do: bands of rows, or of columns where rows are few. */
function tilesOf(m: number, n: number, threads: number): Tile[] {
  if (m >= fewestRows * threads) {
    const height = Math.max(fewestRows, roundUp(m / threads / 2, tileRows));
    return starts(m, height).map((i) => ({ i, j: 0, rows: Math.min(height, m - i), columns: n }));
  }
  const width = roundUp(n / threads / 2, tileColumns);
  return starts(n, width).map((j) => ({ i: 0, j, rows: m, columns: Math.min(width, n - j) }));
}

const roundUp = (x: number, step: number): number => Math.ceil(x / step) * step;

const starts = (n: number, step: number): number[] => Array.from({ length: Math.ceil(n / step) }, (_, s) => s * step);

/** The kernel's arguments for one tile. */
function callOf(tile: Tile, k: number, alpha: number, A: Matrix, B: Matrix, C: Matrix, add: boolean): number[] {
  const { i, j, rows, columns } = tile;
  return [
    rows,
    columns,
    k,
    alpha,
    A.pointer + 4 * i * A.rowStep,
    A.rowStep,
    A.columnStep,
    B.pointer + 4 * j * B.columnStep,
    B.rowStep,
    B.columnStep,
    C.pointer + 4 * (i * C.rowStep + j),
    C.rowStep,
    add ? 1 : 0,
  ];
}
