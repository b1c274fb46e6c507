// Vectors of four float32 numbers, whole ones and those at the edge of a row, of which fewer count.

export function multiplyAdd(sum: v128, x: v128, y: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, y));
}

/** The first `lanes` numbers at p, 1 to 4, and zeros: nothing behind them is read, for memory may end there. */
export function loadLanes(p: usize, lanes: i32): v128 {
  if (lanes === 4) return v128.load(p);
  if (lanes === 1) return v128.load32_zero(p);
  const two = v128.load64_zero(p);
  return lanes === 2 ? two : v128.load_lane<f32>(p, two, 2, 8);
}

/** Leaves the first `lanes` numbers of a vector at p, 1 to 4, and touches nothing behind them. */
export function storeLanes(p: usize, vector: v128, lanes: i32): void {
  if (lanes === 4) {
    v128.store(p, vector);
  } else if (lanes === 1) {
    v128.store_lane<f32>(p, vector, 0);
  } else {
    v128.store_lane<f64>(p, vector, 0);
    if (lanes === 3) v128.store_lane<f32>(p, vector, 2, 8);
  }
}

/** The sums of the lanes of four vectors. */
export function sumsOfLanes(s0: v128, s1: v128, s2: v128, s3: v128): v128 {
  const half01 = f32x4.add(v128.shuffle<f32>(s0, s1, 0, 4, 1, 5), v128.shuffle<f32>(s0, s1, 2, 6, 3, 7));
  const half23 = f32x4.add(v128.shuffle<f32>(s2, s3, 0, 4, 1, 5), v128.shuffle<f32>(s2, s3, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i64>(half01, half23, 0, 2), v128.shuffle<i64>(half01, half23, 1, 3));
}

/** How many of n numbers are in the last of their vectors: 1 to 4, of none 0. */
export function lastLanes(n: i32): i32 {
  return n > 0 ? ((n - 1) & 3) + 1 : 0;
}

/** The bytes from one column of W to the next, by columns: whole vectors. */
export function columnBytes(out: i32): usize {
  return (<usize>((out + 3) & ~3)) << 2;
}
