// A row as a sum of rows: base + Σ value · matrix[index], over pairs of an index (i32) and a value (f32). The sums of a tile,
// up to nine vectors, stay in registers while all pairs go by.
import { lastLanes, multiplyAdd, storeLanes } from "./lanes";

/**
 * `y[n] = base[n] + Σ value · matrix[index, n]` over `count` pairs, in their order. The rows of the matrix, `step` bytes
 * apart, and base are whole vectors; y may not be.
 *
 * Nine vectors are a tile too, so that one seldom remains alone: its additions wait for each other.
 */
export function sparseRow(y: usize, base: usize, matrix: usize, step: i32, pairs: usize, count: i32, n: i32): void {
  const end = pairs + ((<usize>count) << 3);
  let left = (n + 3) >> 2;
  let j: usize = 0;
  for (; left > 9; left -= 8, j += 128) sparseTile(8, 4, y + j, base + j, matrix + j, step, pairs, end);
  if (left > 4 && left < 8) {
    sparseTile(4, 4, y + j, base + j, matrix + j, step, pairs, end);
    left -= 4;
    j += 64;
  }
  if (left > 0) sparseTile(left, lastLanes(n), y + j, base + j, matrix + j, step, pairs, end);
}

/** A tile of `width` vectors, of which the last counts up to its first `lanes` numbers. */
function sparseTile(
  width: i32,
  lanes: i32,
  y: usize,
  base: usize,
  matrix: usize,
  step: i32,
  pairs: usize,
  end: usize,
): void {
  if (width === 9) sparseTile9(lanes, y, base, matrix, step, pairs, end);
  else if (width === 8) sparseTile8(lanes, y, base, matrix, step, pairs, end);
  else if (width === 4) sparseTile4(lanes, y, base, matrix, step, pairs, end);
  else if (width === 3) sparseTile3(lanes, y, base, matrix, step, pairs, end);
  else if (width === 2) sparseTile2(lanes, y, base, matrix, step, pairs, end);
  else sparseTile1(lanes, y, base, matrix, step, pairs, end);
}

function sparseTile9(lanes: i32, y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
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
  storeLanes(y + 128, s8, lanes);
}

function sparseTile8(lanes: i32, y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
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
  storeLanes(y + 112, s7, lanes);
}

function sparseTile4(lanes: i32, y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
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
  storeLanes(y + 48, s3, lanes);
}

function sparseTile3(lanes: i32, y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
  let s0 = v128.load(base, 0);
  let s1 = v128.load(base, 16);
  let s2 = v128.load(base, 32);
  for (; pairs < end; pairs += 8) {
    const row = matrix + <usize>(load<i32>(pairs) * step);
    const value = v128.load32_splat(pairs, 4);
    s0 = multiplyAdd(s0, value, v128.load(row, 0));
    s1 = multiplyAdd(s1, value, v128.load(row, 16));
    s2 = multiplyAdd(s2, value, v128.load(row, 32));
  }
  v128.store(y, s0, 0);
  v128.store(y, s1, 16);
  storeLanes(y + 32, s2, lanes);
}

function sparseTile2(lanes: i32, y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
  let s0 = v128.load(base, 0);
  let s1 = v128.load(base, 16);
  for (; pairs < end; pairs += 8) {
    const row = matrix + <usize>(load<i32>(pairs) * step);
    const value = v128.load32_splat(pairs, 4);
    s0 = multiplyAdd(s0, value, v128.load(row, 0));
    s1 = multiplyAdd(s1, value, v128.load(row, 16));
  }
  v128.store(y, s0, 0);
  storeLanes(y + 16, s1, lanes);
}

function sparseTile1(lanes: i32, y: usize, base: usize, matrix: usize, step: i32, pairs: usize, end: usize): void {
  let s0 = v128.load(base, 0);
  for (; pairs < end; pairs += 8) {
    const row = matrix + <usize>(load<i32>(pairs) * step);
    const value = v128.load32_splat(pairs, 4);
    s0 = multiplyAdd(s0, value, v128.load(row, 0));
  }
  storeLanes(y, s0, lanes);
}
