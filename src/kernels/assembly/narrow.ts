// A layer of nine to twelve outputs, as of ten classes, with W by columns: the three vectors of a column, the outputs or
// their gradients, stay in registers while the columns go by.
import { lastLanes, loadLanes, multiplyAdd, storeLanes, sumsOfLanes } from "./lanes";

export function isNarrow(out: i32): bool {
  return out > 8 && out <= 12;
}

/** `y[12] += W x`. Even and odd columns add up apart: an addition need not wait for the one before it. */
export function addNarrow(y: usize, W: usize, x: usize, inn: i32): void {
  let even0 = v128.load(y, 0);
  let even1 = v128.load(y, 16);
  let even2 = v128.load(y, 32);
  let odd0 = f32x4.splat(0);
  let odd1 = odd0;
  let odd2 = odd0;
  for (; inn >= 2; inn -= 2, W += 96, x += 8) {
    const x0 = v128.load32_splat(x, 0);
    const x1 = v128.load32_splat(x, 4);
    even0 = multiplyAdd(even0, x0, v128.load(W, 0));
    even1 = multiplyAdd(even1, x0, v128.load(W, 16));
    even2 = multiplyAdd(even2, x0, v128.load(W, 32));
    odd0 = multiplyAdd(odd0, x1, v128.load(W, 48));
    odd1 = multiplyAdd(odd1, x1, v128.load(W, 64));
    odd2 = multiplyAdd(odd2, x1, v128.load(W, 80));
  }
  if (inn > 0) {
    const last = v128.load32_splat(x);
    even0 = multiplyAdd(even0, last, v128.load(W, 0));
    even1 = multiplyAdd(even1, last, v128.load(W, 16));
    even2 = multiplyAdd(even2, last, v128.load(W, 32));
  }
  v128.store(y, f32x4.add(even0, odd0), 0);
  v128.store(y, f32x4.add(even1, odd1), 16);
  v128.store(y, f32x4.add(even2, odd2), 32);
}

/** `gx (+)= Wᵀ g`, four columns at a time. */
export function dotNarrow(gx: usize, W: usize, g: usize, out: i32, inn: i32, add: bool): void {
  const g0 = v128.load(g, 0);
  const g1 = v128.load(g, 16);
  const g2 = loadLanes(g + 32, lastLanes(out));
  for (; inn > 0; inn -= 4, gx += 16, W += 192) {
    const columns = min(inn, 4);
    const sums = sumsOfLanes(
      dotColumn(W, g0, g1, g2),
      columns > 1 ? dotColumn(W + 48, g0, g1, g2) : g0,
      columns > 2 ? dotColumn(W + 96, g0, g1, g2) : g0,
      columns > 3 ? dotColumn(W + 144, g0, g1, g2) : g0,
    );
    storeLanes(gx, add ? f32x4.add(loadLanes(gx, columns), sums) : sums, columns);
  }
}

function dotColumn(column: usize, g0: v128, g1: v128, g2: v128): v128 {
  const sum = multiplyAdd(f32x4.mul(g0, v128.load(column, 0)), g1, v128.load(column, 16));
  return multiplyAdd(sum, g2, v128.load(column, 32));
}

/** `W += (alpha x) g`, all columns. */
export function updateNarrow(W: usize, g: usize, x: usize, alpha: f32, out: i32, inn: i32): void {
  const factor = f32x4.splat(alpha);
  const g0 = v128.load(g, 0);
  const g1 = v128.load(g, 16);
  const g2 = loadLanes(g + 32, lastLanes(out));
  const counts = countedLanes(out);
  for (; inn >= 2; inn -= 2, W += 96, x += 8) {
    updateColumn(W, f32x4.mul(factor, v128.load32_splat(x, 0)), g0, g1, g2, counts);
    updateColumn(W + 48, f32x4.mul(factor, v128.load32_splat(x, 4)), g0, g1, g2, counts);
  }
  if (inn > 0) updateColumn(W, f32x4.mul(factor, v128.load32_splat(x)), g0, g1, g2, counts);
}

/** `W += (alpha x) g`, the columns that meet a non-zero. */
export function updateNarrowPairs(W: usize, g: usize, pairs: usize, count: i32, alpha: f32, out: i32): void {
  const factor = f32x4.splat(alpha);
  const g0 = v128.load(g, 0);
  const g1 = v128.load(g, 16);
  const g2 = loadLanes(g + 32, lastLanes(out));
  const counts = countedLanes(out);
  for (; count > 0; count--, pairs += 8) {
    const column = W + <usize>(load<i32>(pairs) * 48);
    updateColumn(column, f32x4.mul(factor, v128.load32_splat(pairs, 4)), g0, g1, g2, counts);
  }
}

/** The padding stays 0 whatever x is: 0 times an infinity would be NaN. */
function updateColumn(column: usize, x: v128, g0: v128, g1: v128, g2: v128, counts: v128): void {
  v128.store(column, multiplyAdd(v128.load(column, 0), x, g0), 0);
  v128.store(column, multiplyAdd(v128.load(column, 16), x, g1), 16);
  v128.store(column, f32x4.add(v128.load(column, 32), v128.and(counts, f32x4.mul(x, g2))), 32);
}

/** All bits of the lanes of a column's last vector that are no padding. */
function countedLanes(out: i32): v128 {
  return i32x4.gt_s(i32x4.splat(lastLanes(out)), i32x4(0, 1, 2, 3));
}
