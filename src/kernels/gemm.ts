// Products of matrices on the heap: by this thread, or shared out among workers where there are some.
import { kernels, take } from "./heap.js";
import type { Pointer } from "./kernels.js";

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
