// Float32 numbers four at a time (a quad), as the kernels walk through them; double-precision ones two at a time (a pair).

/** The bytes of n numbers, rounded up to whole quads. */
export function quadBytes(n: i32): usize {
  return (((<usize>n) << 2) + 15) & ~15;
}

/** Leaves a quad of results in memory, added to what is there or in its place. */
export function putQuad(out: usize, value: v128, add: bool): void {
  v128.store(out, add ? f32x4.add(v128.load(out), value) : value);
}

/** {@link putQuad} for one number. */
export function put(out: usize, value: f32, add: bool): void {
  store<f32>(out, add ? load<f32>(out) + value : value);
}

export function lowPair(quad: v128): v128 {
  return f64x2.promote_low_f32x4(quad);
}

export function highPair(quad: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(quad, quad, 1, 1));
}

/** Two pairs rounded to float32. */
export function quadOf(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}
