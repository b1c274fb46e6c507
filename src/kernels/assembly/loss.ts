// Softmax and the negative log-likelihood, row by row. A row begins and ends anywhere: exponentials are taken of all rows at
// once, in quads, the rest goes number by number.
import { exp, expOfQuad, logOfPair } from "./elementary";
import { storeLanes } from "./lanes";
import { put } from "./quads";

export function softmax(y: usize, x: usize, rows: i32, k: i32): void {
  expOfShifted(y, x, rows, k);
  const row = (<usize>k) << 2;
  for (let r = 0; r < rows; r++, y += row) divideRow(y, <f32>sumOfRow(y, row), row);
}

export function nll(p: usize, x: usize, gold: usize, rows: i32, k: i32): f64 {
  expOfShifted(p, x, rows, k);
  const row = (<usize>k) << 2;
  let loss: f64 = 0;
  for (let r = 0; r < rows; r++, x += row, p += row, gold += 4) {
    const right = load<f32>(x + ((<usize>load<i32>(gold)) << 2));
    const sum = sumOfRow(p, row);
    loss += <f64>(<f32>(<f64>maxOfRow(x, row) - <f64>right + logOf(sum)));
    divideRow(p, <f32>sum, row);
  }
  return loss;
}

export function softmaxBackward(gx: usize, g: usize, y: usize, rows: i32, k: i32, add: bool): void {
  const row = (<usize>k) << 2;
  for (let r = 0; r < rows; r++, gx += row, g += row, y += row) {
    const product = <f32>dotOfRows(g, y, row);
    for (let i: usize = 0; i < row; i += 4) put(gx + i, load<f32>(y + i) * (load<f32>(g + i) - product), add);
  }
}

export function nllBackward(gx: usize, p: usize, gold: usize, c: f32, rows: i32, k: i32, add: bool): void {
  const row = (<usize>k) << 2;
  for (let r = 0; r < rows; r++, gx += row, p += row, gold += 4) {
    const right = (<usize>load<i32>(gold)) << 2;
    for (let i: usize = 0; i < row; i += 4) {
      const error = load<f32>(p + i) - select<f32>(1, 0, i === right);
      put(gx + i, error * c, add);
    }
  }
}

/** `exp(x − max x)`, the maximum being the row's. */
function expOfShifted(y: usize, x: usize, rows: i32, k: i32): void {
  const row = (<usize>k) << 2;
  let shifted = y;
  for (let r = 0; r < rows; r++, x += row, shifted += row) {
    const top = maxOfRow(x, row);
    for (let i: usize = 0; i < row; i += 4) store<f32>(shifted + i, load<f32>(x + i) - top);
  }
  expWithin(y, rows * k);
}

/** In place, and nothing behind the n numbers is written: another thread may be at work on the next row. */
function expWithin(y: usize, n: i32): void {
  const inQuads = n & ~3;
  exp(y, y, inQuads);
  const end = y + ((<usize>inQuads) << 2);
  if (inQuads < n) storeLanes(end, expOfQuad(v128.load(end)), n - inQuads);
}

function maxOfRow(x: usize, row: usize): f32 {
  let top: f32 = -Infinity;
  for (let i: usize = 0; i < row; i += 4) top = max(top, load<f32>(x + i));
  return top;
}

function sumOfRow(x: usize, row: usize): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < row; i += 4) sum += <f64>load<f32>(x + i);
  return sum;
}

/** The products are rounded to float32, their sum is not. */
function dotOfRows(a: usize, b: usize, row: usize): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < row; i += 4) sum += <f64>(load<f32>(a + i) * load<f32>(b + i));
  return sum;
}

function divideRow(x: usize, by: f32, row: usize): void {
  for (let i: usize = 0; i < row; i += 4) store<f32>(x + i, load<f32>(x + i) / by);
}

/** Of a sum of exponentials, the largest of which is 1: at least 1, or NaN. */
function logOf(sum: f64): f64 {
  return sum >= 1 ? f64x2.extract_lane(logOfPair(f64x2.splat(sum)), 0) : NaN;
}
