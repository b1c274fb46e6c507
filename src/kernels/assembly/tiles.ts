// Microkernels of the product of matrices: a tile of C, whose sums stay in registers while k goes by.
//
// Why they look as they do: V8 orders the arithmetic of a block of code on its own, and given several steps of k at once it
// keeps too much alive for 16 registers. Between any two steps there is a way out of the loop, which ends a block.
import { multiplyAdd } from "./lanes";

/** Two rows of C, 16 columns: `C (+)= A B` over k ≥ 1 steps. A row of A lies in order of k, B as k rows of 16 side by side. */
export function tile2x16(a0: usize, a1: usize, b: usize, c0: usize, c1: usize, k: i32, add: bool): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s02 = f32x4.splat(0);
  let s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s12 = f32x4.splat(0);
  let s13 = f32x4.splat(0);
  while (true) {
    {
      const b0 = v128.load(b, 0);
      const b1 = v128.load(b, 16);
      const b2 = v128.load(b, 32);
      const b3 = v128.load(b, 48);
      const x0 = v128.load32_splat(a0, 0);
      s00 = multiplyAdd(s00, x0, b0);
      s01 = multiplyAdd(s01, x0, b1);
      s02 = multiplyAdd(s02, x0, b2);
      s03 = multiplyAdd(s03, x0, b3);
      const x1 = v128.load32_splat(a1, 0);
      s10 = multiplyAdd(s10, x1, b0);
      s11 = multiplyAdd(s11, x1, b1);
      s12 = multiplyAdd(s12, x1, b2);
      s13 = multiplyAdd(s13, x1, b3);
    }
    if (k < 2) break;
    {
      const b0 = v128.load(b, 64);
      const b1 = v128.load(b, 80);
      const b2 = v128.load(b, 96);
      const b3 = v128.load(b, 112);
      const x0 = v128.load32_splat(a0, 4);
      s00 = multiplyAdd(s00, x0, b0);
      s01 = multiplyAdd(s01, x0, b1);
      s02 = multiplyAdd(s02, x0, b2);
      s03 = multiplyAdd(s03, x0, b3);
      const x1 = v128.load32_splat(a1, 4);
      s10 = multiplyAdd(s10, x1, b0);
      s11 = multiplyAdd(s11, x1, b1);
      s12 = multiplyAdd(s12, x1, b2);
      s13 = multiplyAdd(s13, x1, b3);
    }
    if (k < 3) break;
    {
      const b0 = v128.load(b, 128);
      const b1 = v128.load(b, 144);
      const b2 = v128.load(b, 160);
      const b3 = v128.load(b, 176);
      const x0 = v128.load32_splat(a0, 8);
      s00 = multiplyAdd(s00, x0, b0);
      s01 = multiplyAdd(s01, x0, b1);
      s02 = multiplyAdd(s02, x0, b2);
      s03 = multiplyAdd(s03, x0, b3);
      const x1 = v128.load32_splat(a1, 8);
      s10 = multiplyAdd(s10, x1, b0);
      s11 = multiplyAdd(s11, x1, b1);
      s12 = multiplyAdd(s12, x1, b2);
      s13 = multiplyAdd(s13, x1, b3);
    }
    if (k < 4) break;
    {
      const b0 = v128.load(b, 192);
      const b1 = v128.load(b, 208);
      const b2 = v128.load(b, 224);
      const b3 = v128.load(b, 240);
      const x0 = v128.load32_splat(a0, 12);
      s00 = multiplyAdd(s00, x0, b0);
      s01 = multiplyAdd(s01, x0, b1);
      s02 = multiplyAdd(s02, x0, b2);
      s03 = multiplyAdd(s03, x0, b3);
      const x1 = v128.load32_splat(a1, 12);
      s10 = multiplyAdd(s10, x1, b0);
      s11 = multiplyAdd(s11, x1, b1);
      s12 = multiplyAdd(s12, x1, b2);
      s13 = multiplyAdd(s13, x1, b3);
    }
    k -= 4;
    if (k <= 0) break;
    a0 += 16;
    a1 += 16;
    b += 256;
  }
  if (add) {
    s00 = f32x4.add(v128.load(c0, 0), s00);
    s01 = f32x4.add(v128.load(c0, 16), s01);
    s02 = f32x4.add(v128.load(c0, 32), s02);
    s03 = f32x4.add(v128.load(c0, 48), s03);
    s10 = f32x4.add(v128.load(c1, 0), s10);
    s11 = f32x4.add(v128.load(c1, 16), s11);
    s12 = f32x4.add(v128.load(c1, 32), s12);
    s13 = f32x4.add(v128.load(c1, 48), s13);
  }
  v128.store(c0, s00, 0);
  v128.store(c0, s01, 16);
  v128.store(c0, s02, 32);
  v128.store(c0, s03, 48);
  v128.store(c1, s10, 0);
  v128.store(c1, s11, 16);
  v128.store(c1, s12, 32);
  v128.store(c1, s13, 48);
}

/** The same for four rows and 8 columns. */
export function tile4x8(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  b: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  k: i32,
  add: bool,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  while (true) {
    {
      const b0 = v128.load(b, 0);
      const b1 = v128.load(b, 16);
      const x0 = v128.load32_splat(a0, 0);
      s00 = multiplyAdd(s00, x0, b0);
      s01 = multiplyAdd(s01, x0, b1);
      const x1 = v128.load32_splat(a1, 0);
      s10 = multiplyAdd(s10, x1, b0);
      s11 = multiplyAdd(s11, x1, b1);
      const x2 = v128.load32_splat(a2, 0);
      s20 = multiplyAdd(s20, x2, b0);
      s21 = multiplyAdd(s21, x2, b1);
      const x3 = v128.load32_splat(a3, 0);
      s30 = multiplyAdd(s30, x3, b0);
      s31 = multiplyAdd(s31, x3, b1);
    }
    if (k < 2) break;
    {
      const b0 = v128.load(b, 32);
      const b1 = v128.load(b, 48);
      const x0 = v128.load32_splat(a0, 4);
      s00 = multiplyAdd(s00, x0, b0);
      s01 = multiplyAdd(s01, x0, b1);
      const x1 = v128.load32_splat(a1, 4);
      s10 = multiplyAdd(s10, x1, b0);
      s11 = multiplyAdd(s11, x1, b1);
      const x2 = v128.load32_splat(a2, 4);
      s20 = multiplyAdd(s20, x2, b0);
      s21 = multiplyAdd(s21, x2, b1);
      const x3 = v128.load32_splat(a3, 4);
      s30 = multiplyAdd(s30, x3, b0);
      s31 = multiplyAdd(s31, x3, b1);
    }
    if (k < 3) break;
    {
      const b0 = v128.load(b, 64);
      const b1 = v128.load(b, 80);
      const x0 = v128.load32_splat(a0, 8);
      s00 = multiplyAdd(s00, x0, b0);
      s01 = multiplyAdd(s01, x0, b1);
      const x1 = v128.load32_splat(a1, 8);
      s10 = multiplyAdd(s10, x1, b0);
      s11 = multiplyAdd(s11, x1, b1);
      const x2 = v128.load32_splat(a2, 8);
      s20 = multiplyAdd(s20, x2, b0);
      s21 = multiplyAdd(s21, x2, b1);
      const x3 = v128.load32_splat(a3, 8);
      s30 = multiplyAdd(s30, x3, b0);
      s31 = multiplyAdd(s31, x3, b1);
    }
    if (k < 4) break;
    {
      const b0 = v128.load(b, 96);
      const b1 = v128.load(b, 112);
      const x0 = v128.load32_splat(a0, 12);
      s00 = multiplyAdd(s00, x0, b0);
      s01 = multiplyAdd(s01, x0, b1);
      const x1 = v128.load32_splat(a1, 12);
      s10 = multiplyAdd(s10, x1, b0);
      s11 = multiplyAdd(s11, x1, b1);
      const x2 = v128.load32_splat(a2, 12);
      s20 = multiplyAdd(s20, x2, b0);
      s21 = multiplyAdd(s21, x2, b1);
      const x3 = v128.load32_splat(a3, 12);
      s30 = multiplyAdd(s30, x3, b0);
      s31 = multiplyAdd(s31, x3, b1);
    }
    k -= 4;
    if (k <= 0) break;
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    b += 128;
  }
  if (add) {
    s00 = f32x4.add(v128.load(c0, 0), s00);
    s01 = f32x4.add(v128.load(c0, 16), s01);
    s10 = f32x4.add(v128.load(c1, 0), s10);
    s11 = f32x4.add(v128.load(c1, 16), s11);
    s20 = f32x4.add(v128.load(c2, 0), s20);
    s21 = f32x4.add(v128.load(c2, 16), s21);
    s30 = f32x4.add(v128.load(c3, 0), s30);
    s31 = f32x4.add(v128.load(c3, 16), s31);
  }
  v128.store(c0, s00, 0);
  v128.store(c0, s01, 16);
  v128.store(c1, s10, 0);
  v128.store(c1, s11, 16);
  v128.store(c2, s20, 0);
  v128.store(c2, s21, 16);
  v128.store(c3, s30, 0);
  v128.store(c3, s31, 16);
}

/** The same for four rows and 4 columns. */
export function tile4x4(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  b: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  k: i32,
  add: bool,
): void {
  let s00 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  while (true) {
    {
      const b0 = v128.load(b, 0);
      const x0 = v128.load32_splat(a0, 0);
      s00 = multiplyAdd(s00, x0, b0);
      const x1 = v128.load32_splat(a1, 0);
      s10 = multiplyAdd(s10, x1, b0);
      const x2 = v128.load32_splat(a2, 0);
      s20 = multiplyAdd(s20, x2, b0);
      const x3 = v128.load32_splat(a3, 0);
      s30 = multiplyAdd(s30, x3, b0);
    }
    if (k < 2) break;
    {
      const b0 = v128.load(b, 16);
      const x0 = v128.load32_splat(a0, 4);
      s00 = multiplyAdd(s00, x0, b0);
      const x1 = v128.load32_splat(a1, 4);
      s10 = multiplyAdd(s10, x1, b0);
      const x2 = v128.load32_splat(a2, 4);
      s20 = multiplyAdd(s20, x2, b0);
      const x3 = v128.load32_splat(a3, 4);
      s30 = multiplyAdd(s30, x3, b0);
    }
    if (k < 3) break;
    {
      const b0 = v128.load(b, 32);
      const x0 = v128.load32_splat(a0, 8);
      s00 = multiplyAdd(s00, x0, b0);
      const x1 = v128.load32_splat(a1, 8);
      s10 = multiplyAdd(s10, x1, b0);
      const x2 = v128.load32_splat(a2, 8);
      s20 = multiplyAdd(s20, x2, b0);
      const x3 = v128.load32_splat(a3, 8);
      s30 = multiplyAdd(s30, x3, b0);
    }
    if (k < 4) break;
    {
      const b0 = v128.load(b, 48);
      const x0 = v128.load32_splat(a0, 12);
      s00 = multiplyAdd(s00, x0, b0);
      const x1 = v128.load32_splat(a1, 12);
      s10 = multiplyAdd(s10, x1, b0);
      const x2 = v128.load32_splat(a2, 12);
      s20 = multiplyAdd(s20, x2, b0);
      const x3 = v128.load32_splat(a3, 12);
      s30 = multiplyAdd(s30, x3, b0);
    }
    k -= 4;
    if (k <= 0) break;
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    b += 64;
  }
  if (add) {
    s00 = f32x4.add(v128.load(c0, 0), s00);
    s10 = f32x4.add(v128.load(c1, 0), s10);
    s20 = f32x4.add(v128.load(c2, 0), s20);
    s30 = f32x4.add(v128.load(c3, 0), s30);
  }
  v128.store(c0, s00, 0);
  v128.store(c1, s10, 0);
  v128.store(c2, s20, 0);
  v128.store(c3, s30, 0);
}
