// Zero-skipping: a batch as its non-zeros, pairs of a column (i32) and a value (f32), and affine layers from them.
import { addOne, updateFour } from "./fours";
import { columnBytes } from "./lanes";
import { isNarrow, updateNarrowPairs } from "./narrow";
import { sparseRow } from "./sparse-row";

export function collectNonZeros(pairs: usize, starts: usize, x: usize, rows: i32, inn: i32, limit: i32): i32 {
  let end = pairs;
  for (let row = 0; row < rows; row++, x += (<usize>inn) << 2) {
    store<i32>(starts + ((<usize>row) << 2), countOf(pairs, end));
    end = collectRow(end, x, inn);
    if (countOf(pairs, end) > limit) return -1;
  }
  store<i32>(starts + ((<usize>rows) << 2), countOf(pairs, end));
  return countOf(pairs, end);
}

export function sparseAffine(y: usize, W: usize, b: usize, pairs: usize, starts: usize, rows: i32, out: i32): void {
  const step = <i32>columnBytes(out);
  for (; rows > 0; rows--, starts += 4, y += (<usize>out) << 2) {
    const first = load<i32>(starts);
    sparseRow(y, b, W, step, pairs + ((<usize>first) << 3), load<i32>(starts, 4) - first, out);
  }
}

export function sparseRankUpdate(
  W: usize,
  g: usize,
  pairs: usize,
  starts: usize,
  alpha: f32,
  rows: i32,
  out: i32,
): void {
  const step = <i32>columnBytes(out);
  for (; rows > 0; rows--, starts += 4, g += (<usize>out) << 2) {
    const first = load<i32>(starts);
    const count = load<i32>(starts, 4) - first;
    const rowPairs = pairs + ((<usize>first) << 3);
    if (isNarrow(out)) updateNarrowPairs(W, g, rowPairs, count, alpha, out);
    else updateRow(W, g, step, rowPairs, count, alpha, out);
  }
}

function countOf(pairs: usize, end: usize): i32 {
  return <i32>((end - pairs) >> 3);
}

/** Writes the pairs of a row of x and returns where they end. Where sixteen numbers are all 0, nothing else is looked at. */
function collectRow(end: usize, x: usize, inn: i32): usize {
  let columns = i32x4(0, 1, 2, 3);
  for (; inn >= 16; inn -= 16, x += 64) {
    const low = v128.or(v128.load(x, 0), v128.load(x, 16));
    const high = v128.or(v128.load(x, 32), v128.load(x, 48));
    if (v128.any_true(v128.or(low, high))) {
      end = collectFour(end, columns, v128.load(x, 0));
      end = collectFour(end, i32x4.add(columns, i32x4.splat(4)), v128.load(x, 16));
      end = collectFour(end, i32x4.add(columns, i32x4.splat(8)), v128.load(x, 32));
      end = collectFour(end, i32x4.add(columns, i32x4.splat(12)), v128.load(x, 48));
    }
    columns = i32x4.add(columns, i32x4.splat(16));
  }
  for (; inn > 0; inn--, x += 4) {
    store<i32>(end, i32x4.extract_lane(columns, 0));
    store<u32>(end, load<u32>(x), 4);
    if (load<f32>(x) !== 0) end += 8;
    columns = i32x4.add(columns, i32x4.splat(1));
  }
  return end;
}

/** Writes all four pairs, each over the one before it unless that counts: no branches for the processor to guess. */
function collectFour(end: usize, columns: v128, values: v128): usize {
  const counts = i32x4.bitmask(f32x4.ne(values, f32x4.splat(0)));
  const low = v128.shuffle<i32>(columns, values, 0, 4, 1, 5);
  const high = v128.shuffle<i32>(columns, values, 2, 6, 3, 7);
  v128.store_lane<i64>(end, low, 0);
  end += (<usize>(counts & 1)) << 3;
  v128.store_lane<i64>(end, low, 1);
  end += (<usize>(counts & 2)) << 2;
  v128.store_lane<i64>(end, high, 0);
  end += (<usize>(counts & 4)) << 1;
  v128.store_lane<i64>(end, high, 1);
  return end + <usize>(counts & 8);
}

/** The columns of W that meet a non-zero, four at a time: `W[:, column] += (alpha value) g`. */
function updateRow(W: usize, g: usize, step: i32, pairs: usize, count: i32, alpha: f32, out: i32): void {
  const factor = f32x4.splat(alpha);
  for (; count >= 4; count -= 4, pairs += 32) {
    updateFour(
      g,
      W + <usize>(load<i32>(pairs, 0) * step),
      W + <usize>(load<i32>(pairs, 8) * step),
      W + <usize>(load<i32>(pairs, 16) * step),
      W + <usize>(load<i32>(pairs, 24) * step),
      f32x4.mul(factor, v128.load32_splat(pairs, 4)),
      f32x4.mul(factor, v128.load32_splat(pairs, 12)),
      f32x4.mul(factor, v128.load32_splat(pairs, 20)),
      f32x4.mul(factor, v128.load32_splat(pairs, 28)),
      out,
    );
  }
  for (; count > 0; count--, pairs += 8) {
    addOne(W + <usize>(load<i32>(pairs) * step), g, f32x4.mul(factor, v128.load32_splat(pairs, 4)), out);
  }
}
