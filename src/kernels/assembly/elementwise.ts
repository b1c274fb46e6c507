// Arithmetic, element by element.
import { putQuad, quadBytes } from "./quads";

export function add(y: usize, a: usize, b: usize, n: i32): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
}

export function sub(y: usize, a: usize, b: usize, n: i32): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, f32x4.sub(v128.load(a + i), v128.load(b + i)));
}

export function mul(y: usize, a: usize, b: usize, n: i32, add: bool): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) putQuad(y + i, f32x4.mul(v128.load(a + i), v128.load(b + i)), add);
}

export function div(y: usize, a: usize, b: usize, n: i32, add: bool): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) putQuad(y + i, f32x4.div(v128.load(a + i), v128.load(b + i)), add);
}

export function shift(y: usize, x: usize, c: f32, n: i32): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, f32x4.add(v128.load(x + i), f32x4.splat(c)));
}

export function scale(y: usize, x: usize, c: f32, n: i32, add: bool): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) putQuad(y + i, f32x4.mul(v128.load(x + i), f32x4.splat(c)), add);
}

export function fill(y: usize, c: f32, n: i32, add: bool): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) putQuad(y + i, f32x4.splat(c), add);
}

export function sum(x: usize, n: i32): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n; i++, x += 4) total += <f64>load<f32>(x);
  return total;
}
