// A row as a sum of rows: base + Σ value · rows[index], over pairs of an index (i32) and a value (f32). The sums of a tile, up
// to nine vectors, stay in registers while all pairs go by.
import { loadLanes, multiplyAdd, storeLanes } from "./lanes";

/** `y[n] = base[n] + Σ value · matrix[index, n]` over `count` pairs, in their order; rows of the matrix lie `step` bytes apart. */
export function sparseRow(y: usize, base: usize, matrix: usize, step: i32, pairs: usize, count: i32, n: i32): void {
  const end = pairs + ((<usize>count) << 3);
  let left = n >> 2;
  let j: usize = 0;
  while (left >= 8) {
    const width = (left & 7) === 1 ? 9 : 8; // so that none remains alone, to wait for itself
    sparseTile(width, y + j, base + j, matrix + j, step, pairs, end);
    left -= width;
    j += (<usize>width) << 4;
  }
  for (let width = 4; width > 0; width >>= 1) {
    if (!(left & width)) continue;
    sparseTile(width, y + j, base + j, matrix + j, step, pairs, end);
    j += (<usize>width) << 4;
  }
  if (n & 3) sparseEdge(y + j, base + j, matrix + j, step, pairs, end, n & 3);
}

function sparseTile(width: i32, y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
  if (width === 9) sparseTile9(y, base, matrix, step, pairs, end);
  else if (width === 8) sparseTile8(y, base, matrix, step, pairs, end);
  else if (width === 4) sparseTile4(y, base, matrix, step, pairs, end);
  else if (width === 2) sparseTile2(y, base, matrix, step, pairs, end);
  else sparseTile1(y, base, matrix, step, pairs, end);
}

function sparseTile9(y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
  let s0 = v128.load(base, 0);
  let s1 = v128.load(base, 16);
  let s2 = v128.load(base, 32);
  let s3 = v128.load(base, 48);
  let s4 = v128.load(base, 64);
  let s5 = v128.load(base, 80);
  let s6 = v128.load(base, 96);
  let s7 = v128.load(base, 112);
  let s8 = v128.load(base, 128);
  for (; pairs < end; pairs += 8) {
    const row = matrix + <usize>(load<i32>(pairs) * step);
    const value = v128.load32_splat(pairs, 4);
    s0 = multiplyAdd(s0, value, v128.load(row, 0));
    s1 = multiplyAdd(s1, value, v128.load(row, 16));
    s2 = multiplyAdd(s2, value, v128.load(row, 32));
    s3 = multiplyAdd(s3, value, v128.load(row, 48));
    s4 = multiplyAdd(s4, value, v128.load(row, 64));
    s5 = multiplyAdd(s5, value, v128.load(row, 80));
    s6 = multiplyAdd(s6, value, v128.load(row, 96));
    s7 = multiplyAdd(s7, value, v128.load(row, 112));
    s8 = multiplyAdd(s8, value, v128.load(row, 128));
  }
  v128.store(y, s0, 0);
  v128.store(y, s1, 16);
  v128.store(y, s2, 32);
  v128.store(y, s3, 48);
  v128.store(y, s4, 64);
  v128.store(y, s5, 80);
  v128.store(y, s6, 96);
  v128.store(y, s7, 112);
  v128.store(y, s8, 128);
}

function sparseTile8(y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
  let s0 = v128.load(base, 0);
  let s1 = v128.load(base, 16);
  let s2 = v128.load(base, 32);
  let s3 = v128.load(base, 48);
  let s4 = v128.load(base, 64);
  let s5 = v128.load(base, 80);
  let s6 = v128.load(base, 96);
  let s7 = v128.load(base, 112);
  for (; pairs < end; pairs += 8) {
    const row = matrix + <usize>(load<i32>(pairs) * step);
    const value = v128.load32_splat(pairs, 4);
    s0 = multiplyAdd(s0, value, v128.load(row, 0));
    s1 = multiplyAdd(s1, value, v128.load(row, 16));
    s2 = multiplyAdd(s2, value, v128.load(row, 32));
    s3 = multiplyAdd(s3, value, v128.load(row, 48));
    s4 = multiplyAdd(s4, value, v128.load(row, 64));
    s5 = multiplyAdd(s5, value, v128.load(row, 80));
    s6 = multiplyAdd(s6, value, v128.load(row, 96));
    s7 = multiplyAdd(s7, value, v128.load(row, 112));
  }
  v128.store(y, s0, 0);
  v128.store(y, s1, 16);
  v128.store(y, s2, 32);
  v128.store(y, s3, 48);
  v128.store(y, s4, 64);
  v128.store(y, s5, 80);
  v128.store(y, s6, 96);
  v128.store(y, s7, 112);
}

function sparseTile4(y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
  let s0 = v128.load(base, 0);
  let s1 = v128.load(base, 16);
  let s2 = v128.load(base, 32);
  let s3 = v128.load(base, 48);
  for (; pairs < end; pairs += 8) {
    const row = matrix + <usize>(load<i32>(pairs) * step);
    const value = v128.load32_splat(pairs, 4);
    s0 = multiplyAdd(s0, value, v128.load(row, 0));
    s1 = multiplyAdd(s1, value, v128.load(row, 16));
    s2 = multiplyAdd(s2, value, v128.load(row, 32));
    s3 = multiplyAdd(s3, value, v128.load(row, 48));
  }
  v128.store(y, s0, 0);
  v128.store(y, s1, 16);
  v128.store(y, s2, 32);
  v128.store(y, s3, 48);
}

function sparseTile2(y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
  let s0 = v128.load(base, 0);
  let s1 = v128.load(base, 16);
  for (; pairs < end; pairs += 8) {
    const row = matrix + <usize>(load<i32>(pairs) * step);
    const value = v128.load32_splat(pairs, 4);
    s0 = multiplyAdd(s0, value, v128.load(row, 0));
    s1 = multiplyAdd(s1, value, v128.load(row, 16));
  }
  v128.store(y, s0, 0);
  v128.store(y, s1, 16);
}

function sparseTile1(y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
  let s0 = v128.load(base, 0);
  for (; pairs < end; pairs += 8) {
    const row = matrix + <usize>(load<i32>(pairs) * step);
    const value = v128.load32_splat(pairs, 4);
    s0 = multiplyAdd(s0, value, v128.load(row, 0));
  }
  v128.store(y, s0, 0);
}

/** The last one, two or three numbers. */
function sparseEdge(y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize, lanes: i32): void {
  let sum = loadLanes(base, lanes);
  for (; pairs < end; pairs += 8) {
    const row = matrix + <usize>(load<i32>(pairs) * step);
    sum = multiplyAdd(sum, v128.load32_splat(pairs, 4), loadLanes(row, lanes));
  }
  storeLanes(y, sum, lanes);
}
