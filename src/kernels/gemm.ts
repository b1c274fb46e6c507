// Products of matrices on the heap: by this thread, or in tiles by several where `setWorkers` has made some.
import { kernels, take } from "./heap.js";
import type { Pointer } from "./kernels.js";
import { partsOf } from "./parts.js";
import { crew } from "./workers.js";

/** A matrix of a product: element (i, j) lies `i rowStep + j columnStep` numbers behind the pointer. */
export interface Matrix {
  readonly pointer: Pointer;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** From so many multiplications on threads share a product: about 15 µs of work, as long as it takes to wake one. */
const fewestShared = 2 ** 18;

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
    const isCopied = A.columnStep !== 1 || alpha !== 1;
    const shares = tilesOf(m, n, crew.size, isCopied).map((tile) => callOf(tile, k, alpha, A, B, C, add));
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

/** Fewer rows than this do not pay for copying B. */
const fewestRows = 16;
/** What the kernel computes at once. */
const [tileRows, tileColumns] = [4, 16];

/**
 * Two shares a thread, so that one that comes late finds less to do. Bands of columns, each of which copies its own part of
 * B; or of rows where the kernel copies A as well, which every band of columns would, or where columns are few.
 */
function tilesOf(m: number, n: number, threads: number, isCopied: boolean): Tile[] {
  const count = 2 * threads;
  const isWide = n >= tileColumns * count;
  if (m >= fewestRows * threads && (isCopied || !isWide)) {
    const bands = partsOf(m, Math.min(count, Math.floor(m / fewestRows)), tileRows);
    return bands.map(({ start, length }) => ({ i: start, j: 0, rows: length, columns: n }));
  }
  return partsOf(n, count, tileColumns).map(({ start, length }) => ({ i: 0, j: start, rows: m, columns: length }));
}

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
