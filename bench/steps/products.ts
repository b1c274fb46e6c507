// The product of two matrices in plain TypeScript, one idea faster at a time. `C[m, n] = A[m, k] B[k, n]`, by rows.

export interface Sizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** Fills C. */
export type Multiply = (sizes: Sizes, C: Float32Array, A: Float32Array, B: Float32Array) => void;

/** As one writes it first: an array for each row. */
export function multiplyRows({ m, n, k }: Sizes, C: number[][], A: number[][], B: number[][]): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += A[i]![l]! * B[l]![j]!;
      C[i]![j] = sum;
    }
  }
}

/** The same loops over numbers that lie side by side: B is read down its columns. */
export const multiplyFlat: Multiply = ({ m, n, k }, C, A, B) => {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += A[i * k + l]! * B[l * n + j]!;
      C[i * n + j] = sum;
    }
  }
};

/** The two inner loops exchanged: everything is read and written in the order in which it lies. */
export const multiplyInOrder: Multiply = ({ m, n, k }, C, A, B) => {
  C.fill(0);
  for (let i = 0; i < m; i++) {
    for (let l = 0; l < k; l++) {
      const factor = A[i * k + l]!;
      for (let j = 0; j < n; j++) C[i * n + j]! += factor * B[l * n + j]!;
    }
  }
};

/** Squares of 4 × 4 elements of C, whose sums are local variables: a number that is read serves four times. */
export const multiplyBlocked: Multiply = (sizes, C, A, B) => {
  const { m, n } = sizes;
  const [wholeRows, wholeColumns] = [m - (m % 4), n - (n % 4)];
  for (let j = 0; j < wholeColumns; j += 4) {
    for (let i = 0; i < wholeRows; i += 4) square(sizes, C, A, B, i, j);
  }
  for (let i = 0; i < m; i++) {
    for (let j = i < wholeRows ? wholeColumns : 0; j < n; j++) element(sizes, C, A, B, i, j);
  }
};

function element({ n, k }: Sizes, C: Float32Array, A: Float32Array, B: Float32Array, i: number, j: number): void {
  let sum = 0;
  for (let l = 0; l < k; l++) sum += A[i * k + l]! * B[l * n + j]!;
  C[i * n + j] = sum;
}

/** The 16 elements from row i and column j on. */
function square({ n, k }: Sizes, C: Float32Array, A: Float32Array, B: Float32Array, i: number, j: number): void {
  const [i0, i1, i2, i3] = [i * k, (i + 1) * k, (i + 2) * k, (i + 3) * k];
  let [s00, s01, s02, s03] = [0, 0, 0, 0];
  let [s10, s11, s12, s13] = [0, 0, 0, 0];
  let [s20, s21, s22, s23] = [0, 0, 0, 0];
  let [s30, s31, s32, s33] = [0, 0, 0, 0];
  for (let l = 0, at = j; l < k; l++, at += n) {
    const [a0, a1, a2, a3] = [A[i0 + l]!, A[i1 + l]!, A[i2 + l]!, A[i3 + l]!];
    const [b0, b1, b2, b3] = [B[at]!, B[at + 1]!, B[at + 2]!, B[at + 3]!];
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  C.set([s00, s01, s02, s03], i * n + j);
  C.set([s10, s11, s12, s13], (i + 1) * n + j);
  C.set([s20, s21, s22, s23], (i + 2) * n + j);
  C.set([s30, s31, s32, s33], (i + 3) * n + j);
}
