// Products of matrices and vectors over raw memory: every element a sum in double precision, in one order.
import type { Data } from "./dtype.js";

/**
 * `out[m, n] = a[m, k] · b[k, n]`: each element is summed in double precision, from the first product to the last, and
 * rounded once. Whatever the way, the order is this one: an example gives the same bits alone and in a batch.
 */
export function matmulLoop(m: number, k: number, n: number, out: Data, a: Data, b: Data): void {
  if (!(out instanceof Float32Array)) plainMatmul(m, k, n, out, a, b);
  else if (n === 1) matvec(m, k, out, a, b);
  else if (m < 4) rowByRow(m, k, n, out, a, b);
  else columnByColumn(m, k, n, out, a, b);
}

/** The definition, for float64: it only checks gradients, and the engine then compiles the other loops for float32 alone. */
function plainMatmul(m: number, k: number, n: number, out: Data, a: Data, b: Data): void {
  for (let row = 0, o = 0; row < m; row++) {
    for (let column = 0; column < n; column++, o++) {
      let sum = 0;
      for (let inner = 0; inner < k; inner++) sum += a[row * k + inner]! * b[inner * n + column]!;
      out[o] = sum;
    }
  }
}

/** `out[m] = a[m, k] · x[k]`. When x is mostly zeros, the columns of a that meet one are not read. */
function matvec(m: number, k: number, out: Data, a: Data, x: Data): void {
  const count = collectNonZeros(x);
  if (isMostlyZeros(count, k)) sparseColumn(m, k, out, a, count);
  else oneColumn(m, k, out, 0, 1, a, x);
}

/** Each column of b is copied, so that memory is read in order. */
function columnByColumn(m: number, k: number, n: number, out: Data, a: Data, b: Data): void {
  const column = new Float32Array(k);
  for (let first = 0; first < n; first++) {
    for (let inner = 0, j = first; inner < k; inner++, j += n) column[inner] = b[j]!;
    oneColumn(m, k, out, first, n, a, column);
  }
}

/** `out[o + row·step] = a[row] · x`, four rows at a time: an addition need not wait for the one before it. */
function oneColumn(m: number, k: number, out: Data, o: number, step: number, a: Data, x: Data): void {
  let row = 0;
  for (; row + 3 < m; row += 4) {
    const [i0, i1, i2, i3] = [row * k, (row + 1) * k, (row + 2) * k, (row + 3) * k];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let j = 0; j < k; j++) {
      const factor = x[j]!;
      s0 += a[i0 + j]! * factor;
      s1 += a[i1 + j]! * factor;
      s2 += a[i2 + j]! * factor;
      s3 += a[i3 + j]! * factor;
    }
    out[o + row * step] = s0;
    out[o + (row + 1) * step] = s1;
    out[o + (row + 2) * step] = s2;
    out[o + (row + 3) * step] = s3;
  }
  for (; row < m; row++) {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += a[row * k + j]! * x[j]!;
    out[o + row * step] = sum;
  }
}

/** {@link oneColumn} over the `count` non-zeros that were collected from x. */
function sparseColumn(m: number, k: number, out: Data, a: Data, count: number): void {
  let row = 0;
  for (; row + 3 < m; row += 4) {
    const [i0, i1, i2, i3] = [row * k, (row + 1) * k, (row + 2) * k, (row + 3) * k];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let t = 0; t < count; t++) {
      const j = positions[t]!;
      const factor = values[t]!;
      s0 += a[i0 + j]! * factor;
      s1 += a[i1 + j]! * factor;
      s2 += a[i2 + j]! * factor;
      s3 += a[i3 + j]! * factor;
    }
    out[row] = s0;
    out[row + 1] = s1;
    out[row + 2] = s2;
    out[row + 3] = s3;
  }
  for (; row < m; row++) {
    let sum = 0;
    for (let t = 0; t < count; t++) sum += a[row * k + positions[t]!]! * values[t]!;
    out[row] = sum;
  }
}

/** Few rows: each adds up the rows of b, four at a time. */
function rowByRow(m: number, k: number, n: number, out: Data, a: Data, b: Data): void {
  const sums = new Float64Array(n);
  for (let row = 0; row < m; row++) {
    sums.fill(0);
    let inner = 0;
    for (let i = row * k; inner + 3 < k; inner += 4, i += 4) {
      const [f0, f1, f2, f3] = [a[i]!, a[i + 1]!, a[i + 2]!, a[i + 3]!];
      const [j0, j1, j2, j3] = [inner * n, (inner + 1) * n, (inner + 2) * n, (inner + 3) * n];
      for (let c = 0; c < n; c++) {
        sums[c] = sums[c]! + f0 * b[j0 + c]! + f1 * b[j1 + c]! + f2 * b[j2 + c]! + f3 * b[j3 + c]!;
      }
    }
    for (; inner < k; inner++) {
      for (let c = 0; c < n; c++) sums[c]! += a[row * k + inner]! * b[inner * n + c]!;
    }
    out.set(sums, row * n);
  }
}

/** `out[m, n] = a[m] bᵀ[n]`, where `out` is fresh memory, all 0. */
export function outerLoop(m: number, n: number, out: Data, a: Data, b: Data): void {
  if (out instanceof Float32Array) outerOfNonZeros(m, n, out, a, b);
  else for (let o = 0; o < m * n; o++) out[o] = a[Math.floor(o / n)]! * b[o % n]!;
}

/** Computes only the products with a non-zero of b. */
function outerOfNonZeros(m: number, n: number, out: Data, a: Data, b: Data): void {
  const count = collectNonZeros(b);
  if (count < n) fillZeroProducts(m, n, out, a);
  let row = 0;
  for (; row + 3 < m; row += 4) {
    const [o0, o1, o2, o3] = [row * n, (row + 1) * n, (row + 2) * n, (row + 3) * n];
    const [f0, f1, f2, f3] = [a[row]!, a[row + 1]!, a[row + 2]!, a[row + 3]!];
    for (let t = 0; t < count; t++) {
      const j = positions[t]!;
      const value = values[t]!;
      out[o0 + j] = f0 * value;
      out[o1 + j] = f1 * value;
      out[o2 + j] = f2 * value;
      out[o3 + j] = f3 * value;
    }
  }
  for (; row < m; row++) {
    for (let t = 0; t < count; t++) out[row * n + positions[t]!] = a[row]! * values[t]!;
  }
}

/** Each row becomes what 0 times its factor is: −0 of a negative one, NaN of one that is not finite, or 0 as it was. */
function fillZeroProducts(m: number, n: number, out: Data, a: Data): void {
  for (let row = 0; row < m; row++) {
    const zero = 0 * a[row]!;
    if (!Object.is(zero, 0)) out.fill(zero, row * n, (row + 1) * n);
  }
}

/** Where the last vector that was looked at is not 0, and its values there: kept, as no two products run at once. */
let positions = new Int32Array(1024);
let values = new Float64Array(1024);

/** Fills {@link positions} and {@link values}, and says how many there are; −0 is one, for the sign of its products. */
function collectNonZeros(x: Data): number {
  if (x.length > positions.length) {
    positions = new Int32Array(2 * x.length);
    values = new Float64Array(2 * x.length);
  }
  let count = 0;
  for (let j = 0; j < x.length; j++) {
    const value = x[j]!;
    if (value === 0 && !Object.is(value, -0)) continue;
    positions[count] = j;
    values[count++] = value;
  }
  return count;
}

/** Whether it pays to visit the non-zeros one by one. */
const isMostlyZeros = (count: number, n: number): boolean => n >= 64 && 2 * count < n;
