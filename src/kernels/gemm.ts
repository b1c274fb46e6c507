// Products of matrices on the heap: by this thread, or shared out among workers where there are some.
import { kernels, take } from "./heap.js";
import type { Pointer } from "./kernels.js";
import { crew } from "./workers.js";

/** A matrix of a product: element (i, j) lies `i rowStep + j columnStep` numbers behind the pointer. */
export interface Matrix {
  readonly pointer: Pointer;
  readonly rowStep: number;
  readonly columnStep: number;
}

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
  if (crew !== undefined && m * n * k >= fewestProducts) {
    const tiles = tilesOf(m, n, crew.size);
    if (tiles.length > 1) {
      crew.compute("gemm", tiles.map((tile) => argumentsFor(tile, k, alpha, A, B, C, add)));
      return;
    }
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

/** Multiplications, from which on it pays to share them out. */
const fewestProducts = Number(process.env.FEWEST ?? 2 ** 18);

/** Part of C: from row i and column j on. */
interface Tile {
  readonly i: number;
  readonly j: number;
  readonly rows: number;
  readonly columns: number;
}

const perThread = Number(process.env.PER ?? 2);
const minRows = Number(process.env.MINROWS ?? 16);

/** C in bands of rows, since each copies all of B, of sixteen at least; or else of columns. */
function tilesOf(m: number, n: number, threads: number): Tile[] {
  const shares = perThread * threads;
  if (m >= minRows * threads && process.env.COLS === undefined) {
    const step = Math.max(minRows, Math.ceil(m / shares / 4) * 4);
    return Array.from({ length: Math.ceil(m / step) }, (_, s) => {
      return { i: s * step, j: 0, rows: Math.min(step, m - s * step), columns: n };
    });
  }
  const step = Math.max(1, Math.round(n / shares / 16)) * 16;
  return Array.from({ length: Math.ceil(n / step) }, (_, s) => {
    return { i: 0, j: s * step, rows: m, columns: Math.min(step, n - s * step) };
  });
}

function argumentsFor(
  { i, j, rows, columns }: Tile,
  k: number,
  alpha: number,
  A: Matrix,
  B: Matrix,
  C: Matrix,
  add: boolean,
): number[] {
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
