// Zero-skipping for W by rows: a batch as its groups, four neighbouring features that are not all 0, and affine layers
// from them. A group is the feature of its first value (i32), three unused words and the four values.
//
// Rows of W are taken eight or four at a time, for the whole batch: they stay in the nearest cache while the batch goes by.
import { multiplyAdd, storeLanes, sumsOfLanes } from "./lanes";

export function collectGroups(groups: usize, starts: usize, x: usize, rows: i32, inn: i32, limit: i32): i32 {
  let end = groups;
  for (let row = 0; row < rows; row++, x += (<usize>inn) << 2) {
    store<i32>(starts + ((<usize>row) << 2), countOf(groups, end));
    end = collectRow(end, x, inn);
    if (countOf(groups, end) > limit) return -1;
  }
  store<i32>(starts + ((<usize>rows) << 2), countOf(groups, end));
  return countOf(groups, end);
}

export function sparseAffineRows(
  y: usize,
  W: usize,
  b: usize,
  groups: usize,
  starts: usize,
  rows: i32,
  out: i32,
  inn: i32,
): void {
  const step = (<usize>inn) << 2;
  let left = out;
  for (; left >= 8; left -= 8, y += 32, W += 8 * step, b += 32) affineEight(y, W, b, groups, starts, rows, out, step);
  for (; left > 0; left -= 4, y += 16, W += 4 * step, b += 16) {
    affineFour(y, W, b, groups, starts, rows, out, step, min(left, 4));
  }
}

export function sparseRankUpdateRows(
  W: usize,
  g: usize,
  groups: usize,
  starts: usize,
  alpha: f32,
  rows: i32,
  out: i32,
  inn: i32,
): void {
  const step = (<usize>inn) << 2;
  let left = out;
  for (; left >= 4; left -= 4, W += 4 * step, g += 16) updateFour(W, g, groups, starts, alpha, rows, out, step);
  for (; left > 0; left--, W += step, g += 4) updateOne(W, g, groups, starts, alpha, rows, out);
}

function countOf(groups: usize, end: usize): i32 {
  return <i32>((end - groups) >> 5);
}

function groupAt(groups: usize, index: i32): usize {
  return groups + ((<usize>index) << 5);
}

/** How far the numbers that a group meets lie from the beginning of a row of W. */
function featureBytes(group: usize): usize {
  return (<usize>load<i32>(group)) << 2;
}

/** Writes the groups of a row of x, each over the one before it unless that counts, and returns where they end. */
function collectRow(end: usize, x: usize, inn: i32): usize {
  for (let feature = 0; feature < inn; feature += 4, x += 16) {
    const values = v128.load(x);
    store<i32>(end, feature);
    v128.store(end, values, 16);
    if (v128.any_true(f32x4.ne(values, f32x4.splat(0)))) end += 32; // a select, no jump to guess
  }
  return end;
}

/** Eight outputs of all examples. */
function affineEight(
  y: usize,
  W: usize,
  b: usize,
  groups: usize,
  starts: usize,
  rows: i32,
  out: i32,
  step: usize,
): void {
  for (; rows > 0; rows--, starts += 4, y += (<usize>out) << 2) {
    let group = groupAt(groups, load<i32>(starts));
    const end = groupAt(groups, load<i32>(starts, 4));
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    for (; group < end; group += 32) {
      const values = v128.load(group, 16);
      let w = W + featureBytes(group);
      s0 = multiplyAdd(s0, values, v128.load(w));
      w += step;
      s1 = multiplyAdd(s1, values, v128.load(w));
      w += step;
      s2 = multiplyAdd(s2, values, v128.load(w));
      w += step;
      s3 = multiplyAdd(s3, values, v128.load(w));
      w += step;
      s4 = multiplyAdd(s4, values, v128.load(w));
      w += step;
      s5 = multiplyAdd(s5, values, v128.load(w));
      w += step;
      s6 = multiplyAdd(s6, values, v128.load(w));
      w += step;
      s7 = multiplyAdd(s7, values, v128.load(w));
    }
    v128.store(y, f32x4.add(sumsOfLanes(s0, s1, s2, s3), v128.load(b, 0)), 0);
    v128.store(y, f32x4.add(sumsOfLanes(s4, s5, s6, s7), v128.load(b, 16)), 16);
  }
}

/** Up to four outputs of all examples; of fewer, the last counts for the others too. */
function affineFour(
  y: usize,
  W: usize,
  b: usize,
  groups: usize,
  starts: usize,
  rows: i32,
  out: i32,
  step: usize,
  lanes: i32,
): void {
  const step1 = lanes > 1 ? step : 0;
  const step2 = lanes > 2 ? step : 0;
  const step3 = lanes > 3 ? step : 0;
  for (; rows > 0; rows--, starts += 4, y += (<usize>out) << 2) {
    let group = groupAt(groups, load<i32>(starts));
    const end = groupAt(groups, load<i32>(starts, 4));
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (; group < end; group += 32) {
      const values = v128.load(group, 16);
      let w = W + featureBytes(group);
      s0 = multiplyAdd(s0, values, v128.load(w));
      w += step1;
      s1 = multiplyAdd(s1, values, v128.load(w));
      w += step2;
      s2 = multiplyAdd(s2, values, v128.load(w));
      w += step3;
      s3 = multiplyAdd(s3, values, v128.load(w));
    }
    storeLanes(y, f32x4.add(sumsOfLanes(s0, s1, s2, s3), v128.load(b)), lanes);
  }
}

/** Four rows of W: `wᵣ += (alpha g[r]) x` for all examples, in their order. */
function updateFour(
  W: usize,
  g: usize,
  groups: usize,
  starts: usize,
  alpha: f32,
  rows: i32,
  out: i32,
  step: usize,
): void {
  const factor = f32x4.splat(alpha);
  for (; rows > 0; rows--, starts += 4, g += (<usize>out) << 2) {
    let group = groupAt(groups, load<i32>(starts));
    const end = groupAt(groups, load<i32>(starts, 4));
    const g0 = f32x4.mul(factor, v128.load32_splat(g, 0));
    const g1 = f32x4.mul(factor, v128.load32_splat(g, 4));
    const g2 = f32x4.mul(factor, v128.load32_splat(g, 8));
    const g3 = f32x4.mul(factor, v128.load32_splat(g, 12));
    if (group === end) continue;
    do {
      const values = v128.load(group, 16);
      const w0 = W + featureBytes(group);
      const w1 = w0 + step;
      const w2 = w1 + step;
      const w3 = w2 + step;
      v128.store(w0, multiplyAdd(v128.load(w0), g0, values));
      v128.store(w1, multiplyAdd(v128.load(w1), g1, values));
      v128.store(w2, multiplyAdd(v128.load(w2), g2, values));
      v128.store(w3, multiplyAdd(v128.load(w3), g3, values));
      group += 32;
    } while (group < end); // the test behind, not before: 3 % faster
  }
}

/** {@link updateFour} for one row. */
function updateOne(W: usize, g: usize, groups: usize, starts: usize, alpha: f32, rows: i32, out: i32): void {
  for (; rows > 0; rows--, starts += 4, g += (<usize>out) << 2) {
    let group = groupAt(groups, load<i32>(starts));
    const end = groupAt(groups, load<i32>(starts, 4));
    const factor = f32x4.splat(alpha * load<f32>(g));
    for (; group < end; group += 32) {
      const w = W + featureBytes(group);
      v128.store(w, multiplyAdd(v128.load(w), factor, v128.load(group, 16)));
    }
  }
}
