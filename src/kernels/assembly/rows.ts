// Rows of matrices: fill them, add them up, transpose them.

/** Each of the `rows` rows of `y` becomes `b[n]`. */
export function fillRows(y: usize, b: usize, rows: i32, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let row = 0; row < rows; row++, y += bytes) memory.copy(y, b, bytes);
}

/** `out[n] (+)= alpha Σᵣ g[r, n]`, the rows added in their order. */
export function sumRows(out: usize, g: usize, alpha: f32, rows: i32, n: i32, add: bool): void {
  const step = (<usize>n) << 2;
  let j = 0;
  for (; j + 16 <= n; j += 16) sum16(out + ((<usize>j) << 2), g + ((<usize>j) << 2), alpha, rows, step, add);
  for (; j + 4 <= n; j += 4) sum4(out + ((<usize>j) << 2), g + ((<usize>j) << 2), alpha, rows, step, add);
  for (; j < n; j++) sum1(out + ((<usize>j) << 2), g + ((<usize>j) << 2), alpha, rows, step, add);
}

/** Sixteen columns at a time: whole cache lines, and four sums that do not wait for each other. */
function sum16(out: usize, g: usize, alpha: f32, rows: i32, step: usize, add: bool): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (; rows > 0; rows--, g += step) {
    s0 = f32x4.add(s0, v128.load(g, 0));
    s1 = f32x4.add(s1, v128.load(g, 16));
    s2 = f32x4.add(s2, v128.load(g, 32));
    s3 = f32x4.add(s3, v128.load(g, 48));
  }
  storeScaled(out, s0, alpha, add);
  storeScaled(out + 16, s1, alpha, add);
  storeScaled(out + 32, s2, alpha, add);
  storeScaled(out + 48, s3, alpha, add);
}

function sum4(out: usize, g: usize, alpha: f32, rows: i32, step: usize, add: bool): void {
  let sum = f32x4.splat(0);
  for (; rows > 0; rows--, g += step) sum = f32x4.add(sum, v128.load(g));
  storeScaled(out, sum, alpha, add);
}

function sum1(out: usize, g: usize, alpha: f32, rows: i32, step: usize, add: bool): void {
  let sum: f32 = 0;
  for (; rows > 0; rows--, g += step) sum += load<f32>(g);
  sum *= alpha;
  store<f32>(out, add ? load<f32>(out) + sum : sum);
}

function storeScaled(out: usize, sum: v128, alpha: f32, add: bool): void {
  const scaled = f32x4.mul(f32x4.splat(alpha), sum);
  v128.store(out, add ? f32x4.add(v128.load(out), scaled) : scaled);
}

/** `out[j * outStep + i] = a[i * aStep + j]` for i < rows, j < columns. */
export function transpose(out: usize, a: usize, rows: i32, columns: i32, aStep: i32, outStep: i32): void {
  transposeScaled(out, a, 1, rows, columns, (<usize>aStep) << 2, (<usize>outStep) << 2);
}

/** {@link transpose}, each element times `alpha`; the steps are in bytes. */
export function transposeScaled(
  out: usize,
  a: usize,
  alpha: f32,
  rows: i32,
  columns: i32,
  aStep: usize,
  outStep: usize,
): void {
  for (; rows >= 4; rows -= 4, a += 4 * aStep, out += 16) transpose4(out, a, alpha, columns, aStep, outStep);
  for (; rows > 0; rows--, a += aStep, out += 4) {
    let p = out;
    for (let j: usize = 0; j < (<usize>columns) << 2; j += 4, p += outStep) store<f32>(p, alpha * load<f32>(a + j));
  }
}

/** Four rows become four columns, in squares of 4 × 4. */
function transpose4(out: usize, a0: usize, alpha: f32, columns: i32, aStep: usize, outStep: usize): void {
  const factor = f32x4.splat(alpha);
  let a1 = a0 + aStep;
  let a2 = a1 + aStep;
  let a3 = a2 + aStep;
  for (; columns >= 4; columns -= 4) {
    const r0 = f32x4.mul(factor, v128.load(a0));
    const r1 = f32x4.mul(factor, v128.load(a1));
    const r2 = f32x4.mul(factor, v128.load(a2));
    const r3 = f32x4.mul(factor, v128.load(a3));
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<i64>(low01, low23, 0, 2));
    v128.store(out + outStep, v128.shuffle<i64>(low01, low23, 1, 3));
    v128.store(out + 2 * outStep, v128.shuffle<i64>(high01, high23, 0, 2));
    v128.store(out + 3 * outStep, v128.shuffle<i64>(high01, high23, 1, 3));
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    out += 4 * outStep;
  }
  for (; columns > 0; columns--, out += outStep) {
    store<f32>(out, alpha * load<f32>(a0), 0);
    store<f32>(out, alpha * load<f32>(a1), 4);
    store<f32>(out, alpha * load<f32>(a2), 8);
    store<f32>(out, alpha * load<f32>(a3), 12);
    a0 += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
  }
}
