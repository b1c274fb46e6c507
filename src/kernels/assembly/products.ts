// Affine layers, one example at a time. The two layouts of W are the same loops over the rows of a matrix: the rows of W,
// or its columns, which lie like rows, `stride` apart.
import { addFour, addOne, dotFour, updateAndAddFour, updateFour } from "./fours";
import { columnBytes, loadLanes, storeLanes } from "./lanes";
import { addNarrow, dotNarrow, isNarrow, updateNarrow } from "./narrow";

export function affineColumns(y: usize, W: usize, b: usize, x: usize, out: i32, inn: i32): void {
  for (let j: usize = 0; j < (<usize>out) << 2; j += 16) v128.store(y + j, v128.load(b + j));
  const step = columnBytes(out);
  if (isNarrow(out)) addNarrow(y, W, x, inn);
  else addRows(y, W, x, inn, <i32>step >> 2, step);
}

export function affineRows(y: usize, W: usize, b: usize, x: usize, out: i32, inn: i32): void {
  const step = (<usize>inn) << 2;
  for (; out > 0; out -= 4, y += 16, W += 4 * step, b += 16) {
    const rows = min(out, 4);
    storeLanes(y, f32x4.add(dotRows(W, x, rows, inn, step), loadLanes(b, rows)), rows);
  }
}

export function affineInputColumns(gx: usize, W: usize, g: usize, out: i32, inn: i32, add: bool): void {
  if (isNarrow(out)) {
    dotNarrow(gx, W, g, out, inn, add);
    return;
  }
  const step = columnBytes(out);
  for (; inn > 0; inn -= 4, gx += 16, W += 4 * step) {
    const columns = min(inn, 4);
    const sums = dotRows(W, g, columns, out, step);
    storeLanes(gx, add ? f32x4.add(loadLanes(gx, columns), sums) : sums, columns);
  }
}

export function affineInputRows(gx: usize, W: usize, g: usize, out: i32, inn: i32, add: bool): void {
  if (!add) for (let j: usize = 0; j < (<usize>inn) << 2; j += 16) v128.store(gx + j, f32x4.splat(0));
  addRows(gx, W, g, out, inn, (<usize>inn) << 2);
}

export function rankOneColumns(W: usize, g: usize, x: usize, alpha: f32, out: i32, inn: i32): void {
  if (isNarrow(out)) updateNarrow(W, g, x, alpha, out, inn);
  else updateRows(W, x, g, alpha, inn, out, columnBytes(out));
}

export function updateAffineColumns(
  y: usize,
  W: usize,
  b: usize,
  x: usize,
  g: usize,
  before: usize,
  alpha: f32,
  out: i32,
  inn: i32,
): void {
  if (isNarrow(out) || (out & 3) !== 0) {
    rankOneColumns(W, g, before, alpha, out, inn); // such a matrix is small, or has padding that must stay 0
    affineColumns(y, W, b, x, out, inn);
    return;
  }
  const bytes = (<usize>out) << 2;
  for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, v128.load(b + j));
  const factor = f32x4.splat(alpha);
  for (; inn >= 4; inn -= 4, W += 4 * bytes, x += 16, before += 16) {
    updateAndAddFour(
      y,
      g,
      W,
      W + bytes,
      W + 2 * bytes,
      W + 3 * bytes,
      f32x4.mul(factor, v128.load32_splat(before, 0)),
      f32x4.mul(factor, v128.load32_splat(before, 4)),
      f32x4.mul(factor, v128.load32_splat(before, 8)),
      f32x4.mul(factor, v128.load32_splat(before, 12)),
      v128.load32_splat(x, 0),
      v128.load32_splat(x, 4),
      v128.load32_splat(x, 8),
      v128.load32_splat(x, 12),
      bytes,
    );
  }
  updateRows(W, before, g, alpha, inn, out, bytes);
  addRows(y, W, x, inn, out, bytes);
}

export function rankOneRows(W: usize, g: usize, x: usize, alpha: f32, out: i32, inn: i32): void {
  updateRows(W, g, x, alpha, out, inn, (<usize>inn) << 2);
}

/** `y[n] += Σᵣ x[r] w[r, n]`. */
function addRows(y: usize, w: usize, x: usize, rows: i32, n: i32, step: usize): void {
  for (; rows >= 4; rows -= 4, w += 4 * step, x += 16) {
    addFour(
      y,
      w,
      w + step,
      w + 2 * step,
      w + 3 * step,
      v128.load32_splat(x, 0),
      v128.load32_splat(x, 4),
      v128.load32_splat(x, 8),
      v128.load32_splat(x, 12),
      n,
    );
  }
  for (; rows > 0; rows--, w += step, x += 4) addOne(y, w, v128.load32_splat(x), n);
}

/** `w[r, n] += (alpha x[r]) v[n]`. */
function updateRows(w: usize, x: usize, v: usize, alpha: f32, rows: i32, n: i32, step: usize): void {
  const factor = f32x4.splat(alpha);
  for (; rows >= 4; rows -= 4, w += 4 * step, x += 16) {
    updateFour(
      v,
      w,
      w + step,
      w + 2 * step,
      w + 3 * step,
      f32x4.mul(factor, v128.load32_splat(x, 0)),
      f32x4.mul(factor, v128.load32_splat(x, 4)),
      f32x4.mul(factor, v128.load32_splat(x, 8)),
      f32x4.mul(factor, v128.load32_splat(x, 12)),
      n,
    );
  }
  for (; rows > 0; rows--, w += step, x += 4) addOne(w, v, f32x4.mul(factor, v128.load32_splat(x)), n);
}

/** `w[r, n] · v[n]` for up to four rows; of fewer, the last counts for the others too. */
function dotRows(w: usize, v: usize, rows: i32, n: i32, step: usize): v128 {
  const w1 = rows > 1 ? w + step : w;
  const w2 = rows > 2 ? w1 + step : w1;
  const w3 = rows > 3 ? w2 + step : w2;
  return dotFour(w, w1, w2, w3, v, n);
}
