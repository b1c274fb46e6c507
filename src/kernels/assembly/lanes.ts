// Vectors of four float32 numbers, whole ones and those at the edge of a row, of which fewer than four count.

export function multiplyAdd(sum: v128, x: v128, y: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, y));
}

/** The first 1, 2 or 3 numbers at p, and zeros: nothing behind them is read, for memory may end there. */
export function loadLanes(p: usize, lanes: i32): v128 {
  if (lanes === 1) return v128.load32_zero(p);
  const two = v128.load64_zero(p);
  return lanes === 2 ? two : v128.load_lane<f32>(p, two, 2, 8);
}

/** Leaves the first 1, 2 or 3 numbers of a vector at p, and touches nothing behind them. */
export function storeLanes(p: usize, vector: v128, lanes: i32): void {
  if (lanes === 1) {
    v128.store_lane<f32>(p, vector, 0);
    return;
  }
  v128.store_lane<f64>(p, vector, 0);
  if (lanes === 3) v128.store_lane<f32>(p, vector, 2, 8);
}

/** The bytes from one column of W to the next, by columns: whole vectors. */
export function columnBytes(out: i32): usize {
  return (<usize>((out + 3) & ~3)) << 2;
}
