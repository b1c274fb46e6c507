// Four rows of a matrix at a time, given by where they begin: they need not be neighbours. What is loaded from the vector
// that they meet then serves four times, and two vectors at a time share the addresses.
import { loadLanes, multiplyAdd, storeLanes, sumsOfLanes } from "./lanes";

/** `y[n] += Σᵣ xᵣ wᵣ[n]` for four rows w. */
export function addFour(
  y: usize,
  w0: usize,
  w1: usize,
  w2: usize,
  w3: usize,
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  n: i32,
): void {
  const whole = (<usize>(n >> 2)) << 4;
  let j: usize = 0;
  for (; j + 32 <= whole; j += 32) {
    const first0 = multiplyAdd(f32x4.mul(x0, v128.load(w0 + j, 0)), x1, v128.load(w1 + j, 0));
    const second0 = multiplyAdd(f32x4.mul(x2, v128.load(w2 + j, 0)), x3, v128.load(w3 + j, 0));
    const first1 = multiplyAdd(f32x4.mul(x0, v128.load(w0 + j, 16)), x1, v128.load(w1 + j, 16));
    const second1 = multiplyAdd(f32x4.mul(x2, v128.load(w2 + j, 16)), x3, v128.load(w3 + j, 16));
    v128.store(y + j, f32x4.add(v128.load(y + j, 0), f32x4.add(first0, second0)), 0);
    v128.store(y + j, f32x4.add(v128.load(y + j, 16), f32x4.add(first1, second1)), 16);
  }
  if (j < whole) {
    const first = multiplyAdd(f32x4.mul(x0, v128.load(w0 + j)), x1, v128.load(w1 + j));
    const second = multiplyAdd(f32x4.mul(x2, v128.load(w2 + j)), x3, v128.load(w3 + j));
    v128.store(y + j, f32x4.add(v128.load(y + j), f32x4.add(first, second)));
    j += 16;
  }
  const lanes = n & 3;
  if (lanes === 0) return;
  const first = multiplyAdd(f32x4.mul(x0, loadLanes(w0 + j, lanes)), x1, loadLanes(w1 + j, lanes));
  const second = multiplyAdd(f32x4.mul(x2, loadLanes(w2 + j, lanes)), x3, loadLanes(w3 + j, lanes));
  storeLanes(y + j, f32x4.add(loadLanes(y + j, lanes), f32x4.add(first, second)), lanes);
}

/** `y[n] += x w[n]`. */
export function addOne(y: usize, w: usize, x: v128, n: i32): void {
  const whole = (<usize>(n >> 2)) << 4;
  let j: usize = 0;
  for (; j < whole; j += 16) v128.store(y + j, multiplyAdd(v128.load(y + j), x, v128.load(w + j)));
  const lanes = n & 3;
  if (lanes > 0) storeLanes(y + j, multiplyAdd(loadLanes(y + j, lanes), x, loadLanes(w + j, lanes)), lanes);
}

/** `wᵣ[n] += xᵣ v[n]` for four rows w. */
export function updateFour(
  v: usize,
  w0: usize,
  w1: usize,
  w2: usize,
  w3: usize,
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  n: i32,
): void {
  const whole = (<usize>(n >> 2)) << 4;
  let j: usize = 0;
  for (; j + 32 <= whole; j += 32) {
    const left = v128.load(v + j, 0);
    const right = v128.load(v + j, 16);
    v128.store(w0 + j, multiplyAdd(v128.load(w0 + j, 0), x0, left), 0);
    v128.store(w0 + j, multiplyAdd(v128.load(w0 + j, 16), x0, right), 16);
    v128.store(w1 + j, multiplyAdd(v128.load(w1 + j, 0), x1, left), 0);
    v128.store(w1 + j, multiplyAdd(v128.load(w1 + j, 16), x1, right), 16);
    v128.store(w2 + j, multiplyAdd(v128.load(w2 + j, 0), x2, left), 0);
    v128.store(w2 + j, multiplyAdd(v128.load(w2 + j, 16), x2, right), 16);
    v128.store(w3 + j, multiplyAdd(v128.load(w3 + j, 0), x3, left), 0);
    v128.store(w3 + j, multiplyAdd(v128.load(w3 + j, 16), x3, right), 16);
  }
  if (j < whole) {
    const common = v128.load(v + j);
    v128.store(w0 + j, multiplyAdd(v128.load(w0 + j), x0, common));
    v128.store(w1 + j, multiplyAdd(v128.load(w1 + j), x1, common));
    v128.store(w2 + j, multiplyAdd(v128.load(w2 + j), x2, common));
    v128.store(w3 + j, multiplyAdd(v128.load(w3 + j), x3, common));
    j += 16;
  }
  const lanes = n & 3;
  if (lanes === 0) return;
  const common = loadLanes(v + j, lanes);
  storeLanes(w0 + j, multiplyAdd(loadLanes(w0 + j, lanes), x0, common), lanes);
  storeLanes(w1 + j, multiplyAdd(loadLanes(w1 + j, lanes), x1, common), lanes);
  storeLanes(w2 + j, multiplyAdd(loadLanes(w2 + j, lanes), x2, common), lanes);
  storeLanes(w3 + j, multiplyAdd(loadLanes(w3 + j, lanes), x3, common), lanes);
}

/** `wᵣ[n] += uᵣ v[n]`, then `y[n] += Σᵣ xᵣ wᵣ[n]` for four rows w, of whole vectors: updateFour and addFour at once. */
export function updateAndAddFour(
  y: usize,
  v: usize,
  w0: usize,
  w1: usize,
  w2: usize,
  w3: usize,
  u0: v128,
  u1: v128,
  u2: v128,
  u3: v128,
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  bytes: usize,
): void {
  if (bytes === 0) return;
  let j: usize = 0;
  while (true) {
    {
      const common = v128.load(v + j, 0);
      const new0 = multiplyAdd(v128.load(w0 + j, 0), u0, common);
      const new1 = multiplyAdd(v128.load(w1 + j, 0), u1, common);
      v128.store(w0 + j, new0, 0);
      v128.store(w1 + j, new1, 0);
      const first = multiplyAdd(f32x4.mul(x0, new0), x1, new1);
      const new2 = multiplyAdd(v128.load(w2 + j, 0), u2, common);
      const new3 = multiplyAdd(v128.load(w3 + j, 0), u3, common);
      v128.store(w2 + j, new2, 0);
      v128.store(w3 + j, new3, 0);
      const second = multiplyAdd(f32x4.mul(x2, new2), x3, new3);
      v128.store(y + j, f32x4.add(v128.load(y + j, 0), f32x4.add(first, second)), 0);
    }
    if (j + 16 >= bytes) break;
    {
      const common = v128.load(v + j, 16);
      const new0 = multiplyAdd(v128.load(w0 + j, 16), u0, common);
      const new1 = multiplyAdd(v128.load(w1 + j, 16), u1, common);
      v128.store(w0 + j, new0, 16);
      v128.store(w1 + j, new1, 16);
      const first = multiplyAdd(f32x4.mul(x0, new0), x1, new1);
      const new2 = multiplyAdd(v128.load(w2 + j, 16), u2, common);
      const new3 = multiplyAdd(v128.load(w3 + j, 16), u3, common);
      v128.store(w2 + j, new2, 16);
      v128.store(w3 + j, new3, 16);
      const second = multiplyAdd(f32x4.mul(x2, new2), x3, new3);
      v128.store(y + j, f32x4.add(v128.load(y + j, 16), f32x4.add(first, second)), 16);
    }
    j += 32;
    if (j >= bytes) break;
  }
}

/** `w₀ · v, w₁ · v, w₂ · v, w₃ · v`, vectors of n numbers. */
export function dotFour(w0: usize, w1: usize, w2: usize, w3: usize, v: usize, n: i32): v128 {
  const whole = (<usize>(n >> 2)) << 4;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let j: usize = 0;
  for (; j + 32 <= whole; j += 32) {
    const left = v128.load(v + j, 0);
    const right = v128.load(v + j, 16);
    s0 = multiplyAdd(multiplyAdd(s0, v128.load(w0 + j, 0), left), v128.load(w0 + j, 16), right);
    s1 = multiplyAdd(multiplyAdd(s1, v128.load(w1 + j, 0), left), v128.load(w1 + j, 16), right);
    s2 = multiplyAdd(multiplyAdd(s2, v128.load(w2 + j, 0), left), v128.load(w2 + j, 16), right);
    s3 = multiplyAdd(multiplyAdd(s3, v128.load(w3 + j, 0), left), v128.load(w3 + j, 16), right);
  }
  if (j < whole) {
    const common = v128.load(v + j);
    s0 = multiplyAdd(s0, v128.load(w0 + j), common);
    s1 = multiplyAdd(s1, v128.load(w1 + j), common);
    s2 = multiplyAdd(s2, v128.load(w2 + j), common);
    s3 = multiplyAdd(s3, v128.load(w3 + j), common);
    j += 16;
  }
  const lanes = n & 3;
  if (lanes > 0) {
    const common = loadLanes(v + j, lanes);
    s0 = multiplyAdd(s0, loadLanes(w0 + j, lanes), common);
    s1 = multiplyAdd(s1, loadLanes(w1 + j, lanes), common);
    s2 = multiplyAdd(s2, loadLanes(w2 + j, lanes), common);
    s3 = multiplyAdd(s3, loadLanes(w3 + j, lanes), common);
  }
  return sumsOfLanes(s0, s1, s2, s3);
}
