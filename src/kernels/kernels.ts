// The kernels: the inner loops of training on float32 numbers in one memory. `loadKernels` gives them compiled to SIMD;
// `twins/` has each in plain TypeScript.

/** Where a number lies in the memory, in bytes; 0 is nowhere. */
export type Pointer = number;

/**
 * Conventions. Pointers are byte offsets, multiples of 4; counts are in elements. What a pointer leads to does not overlap
 * anything that is written, unless it is the very same pointer and the kernel is elementwise. Memory comes in blocks of
 * whole 64 bytes: kernels over n elements may read and write up to the next multiple of 4 behind a BLOCK (never behind a
 * row inside of it), and expect nothing of what lies there, NaN included. Counts may be 0.
 *
 * Constants are rounded to float32, as those of an NdArray are. `gold` holds classes in [0, k): nobody checks it here.
 * An element of a product depends on its row and its column alone: C may be cut anywhere and shared out among threads.
 *
 * `add` says whether a result is added to what `out` holds (true) or replaces it (false; `out` may then hold anything).
 *
 * A weight matrix `[out, in]` lies in one of two layouts:
 * - by rows: `W[o, i]` at element `o * in + i`, as in every NdArray;
 * - by columns: `W[o, i]` at element `i * stride + o`, `stride = (out + 3) & ~3`; the elements that pad a column are 0,
 *   and kernels keep them 0.
 */
export interface Kernels {
  // Affine layers, one example at a time

  /** `y[out] = W x + b`, W by columns. */
  affineColumns(y: Pointer, W: Pointer, b: Pointer, x: Pointer, out: number, inn: number): void;
  /** `y[out] = W x + b`, W by rows. */
  affineRows(y: Pointer, W: Pointer, b: Pointer, x: Pointer, out: number, inn: number): void;
  /** `gx[in] (+)= Wᵀ g`, W by columns. */
  affineInputColumns(gx: Pointer, W: Pointer, g: Pointer, out: number, inn: number, add: boolean): void;
  /** `gx[in] (+)= Wᵀ g`, W by rows. */
  affineInputRows(gx: Pointer, W: Pointer, g: Pointer, out: number, inn: number, add: boolean): void;
  /** `W += (alpha g) xᵀ`, W by columns. */
  rankOneColumns(W: Pointer, g: Pointer, x: Pointer, alpha: number, out: number, inn: number): void;
  /**
   * `W += (alpha g) beforeᵀ`, then `y[out] = W x + b`, W by columns: {@link Kernels.rankOneColumns} for the example before and
   * {@link Kernels.affineColumns}, the same bits, in one pass over W.
   */
  updateAffineColumns(
    y: Pointer,
    W: Pointer,
    b: Pointer,
    x: Pointer,
    g: Pointer,
    before: Pointer,
    alpha: number,
    out: number,
    inn: number,
  ): void;
  /** `W += (alpha g) xᵀ`, W by rows. */
  rankOneRows(W: Pointer, g: Pointer, x: Pointer, alpha: number, out: number, inn: number): void;

  // Zero-skipping: a batch `x[rows, in]` as its non-zeros

  /**
   * Writes the non-zeros (NaN is one, −0 is none) of each row as pairs (column as i32, value as f32) to `pairs`, one row after the other, and to
   * `starts[rows + 1]` (i32) where each row begins among the pairs. Gives up as soon as there are more than `limit` pairs.
   * `pairs` has room for `limit + in` pairs.
   *
   * @returns how many pairs there are, or −1 when it gave up
   */
  collectNonZeros(pairs: Pointer, starts: Pointer, x: Pointer, rows: number, inn: number, limit: number): number;
  /** `y[rows, out] = x Wᵀ + b` from the non-zeros of x, W by columns. */
  sparseAffine(y: Pointer, W: Pointer, b: Pointer, pairs: Pointer, starts: Pointer, rows: number, out: number): void;
  /** `W += alpha gᵀ x` from the non-zeros of `x[rows, in]`, `g[rows, out]`, W by columns. */
  sparseRankUpdate(
    W: Pointer,
    g: Pointer,
    pairs: Pointer,
    starts: Pointer,
    alpha: number,
    rows: number,
    out: number,
  ): void;

  // Zero-skipping with W by rows: a batch `x[rows, in]`, `in` a multiple of 4, as its groups

  /**
   * Writes the groups of each row, four neighbouring features that are not all 0 (as {@link collectNonZeros} sees it), to
   * `groups`, one row after the other: the feature of the first as i32, three unused words, the four values as f32. To
   * `starts[rows + 1]` (i32) goes where each row begins among the groups. Gives up as soon as there are more than `limit`.
   * `groups` is 64-byte aligned and has room for `limit + in / 4` groups.
   *
   * @returns how many groups there are, or −1 when it gave up
   */
  collectGroups(groups: Pointer, starts: Pointer, x: Pointer, rows: number, inn: number, limit: number): number;
  /** `y[rows, out] = x Wᵀ + b` from the groups of x, W by rows. */
  sparseAffineRows(
    y: Pointer,
    W: Pointer,
    b: Pointer,
    groups: Pointer,
    starts: Pointer,
    rows: number,
    out: number,
    inn: number,
  ): void;
  /** `W += alpha gᵀ x` from the groups of `x[rows, in]`, `g[rows, out]`, W by rows. */
  sparseRankUpdateRows(
    W: Pointer,
    g: Pointer,
    groups: Pointer,
    starts: Pointer,
    alpha: number,
    rows: number,
    out: number,
    inn: number,
  ): void;

  // Products of matrices

  /**
   * `C[m, n] (+)= alpha A B`, where element (i, k) of A lies at `a + 4 (i aRow + k aColumn)`, element (k, j) of B at
   * `b + 4 (k bRow + j bColumn)`, and (i, j) of C at `c + 4 (i cRow + j)`. One of the two steps of A is 1, and of B.
   * `workspace` points to {@link gemmWorkspaceBytes} bytes of its own, 64-byte aligned. alpha is multiplied into A.
   */
  gemm(
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: Pointer,
    aRow: number,
    aColumn: number,
    b: Pointer,
    bRow: number,
    bColumn: number,
    c: Pointer,
    cRow: number,
    add: boolean,
    workspace: Pointer,
  ): void;
  gemmWorkspaceBytes(): number;
  /** Each of the `rows` rows of `y` becomes `b[n]`. */
  fillRows(y: Pointer, b: Pointer, rows: number, n: number): void;
  /** `out[n] (+)= alpha Σᵣ g[r, n]`, the rows added in their order. */
  sumRows(out: Pointer, g: Pointer, alpha: number, rows: number, n: number, add: boolean): void;
  /** `out[j * outStep + i] = a[i * aStep + j]` for i < rows, j < columns. */
  transpose(out: Pointer, a: Pointer, rows: number, columns: number, aStep: number, outStep: number): void;

  // Elementwise; the same bits as the functions of src/nd and src/functions

  exp(y: Pointer, x: Pointer, n: number): void;
  log(y: Pointer, x: Pointer, n: number): void;
  tanh(y: Pointer, x: Pointer, n: number): void;
  sigmoid(y: Pointer, x: Pointer, n: number): void;
  /** `max(x, 0)`; NaN stays NaN. */
  relu(y: Pointer, x: Pointer, n: number): void;
  /** `gx (+)= g (1 − y²)`, `y = tanh(x)`. */
  tanhBackward(gx: Pointer, g: Pointer, y: Pointer, n: number, add: boolean): void;
  /** `gx (+)= g y (1 − y)`, `y = sigmoid(x)`. */
  sigmoidBackward(gx: Pointer, g: Pointer, y: Pointer, n: number, add: boolean): void;
  /** `gx (+)= g` where y > 0, else 0, `y = relu(x)`. */
  reluBackward(gx: Pointer, g: Pointer, y: Pointer, n: number, add: boolean): void;
  add(y: Pointer, a: Pointer, b: Pointer, n: number): void;
  sub(y: Pointer, a: Pointer, b: Pointer, n: number): void;
  /** `y (+)= a b`. */
  mul(y: Pointer, a: Pointer, b: Pointer, n: number, add: boolean): void;
  /** `y (+)= a / b`. */
  div(y: Pointer, a: Pointer, b: Pointer, n: number, add: boolean): void;
  /** `y = x + c`. */
  shift(y: Pointer, x: Pointer, c: number, n: number): void;
  /** `y (+)= c x`. */
  scale(y: Pointer, x: Pointer, c: number, n: number, add: boolean): void;
  /** `y (+)= c`. */
  fill(y: Pointer, c: number, n: number, add: boolean): void;
  /** The sum in double precision. */
  sum(x: Pointer, n: number): number;

  // Softmax and the negative log-likelihood, row by row of `[rows, k]`

  softmax(y: Pointer, x: Pointer, rows: number, k: number): void;
  /** `gx (+)= y ⊙ (g − ⟨g, y⟩)`, `y = softmax(x)`. */
  softmaxBackward(gx: Pointer, g: Pointer, y: Pointer, rows: number, k: number, add: boolean): void;
  /** Writes `p = softmax(x)` and returns the sum, in double precision, of the rows' losses as float32; `gold` are i32. */
  nll(p: Pointer, x: Pointer, gold: Pointer, rows: number, k: number): number;
  /** `gx (+)= (p − onehot(gold)) c`. */
  nllBackward(gx: Pointer, p: Pointer, gold: Pointer, c: number, rows: number, k: number, add: boolean): void;

  // Optimisers, one pass over a parameter

  /**
   * `d = g + decay W + l1 sign(W)`, `v = momentum v + gain d`, then `W −= rate v`, or with nesterov
   * `W −= rate (momentum v + gain d)`. With a null v: `W −= rate d`.
   */
  sgd(
    W: Pointer,
    g: Pointer,
    v: Pointer,
    rate: number,
    momentum: number,
    gain: number,
    nesterov: boolean,
    decay: number,
    l1: number,
    n: number,
  ): void;
  /**
   * `d = g + decay W`, `m = beta1 m + (1 − beta1) d`, `v = beta2 v + (1 − beta2) d²`,
   * `W = kept W − rate m / (√(v / correction) + epsilon)`. The two complements are given, rounded from double precision.
   */
  adam(
    W: Pointer,
    g: Pointer,
    m: Pointer,
    v: Pointer,
    rate: number,
    beta1: number,
    complement1: number,
    beta2: number,
    complement2: number,
    correction: number,
    epsilon: number,
    decay: number,
    kept: number,
    n: number,
  ): void;
}
