// ReLU, and the gradients of the activations from their results.
import { putQuad, quadBytes } from "./quads";

export function relu(y: usize, x: usize, n: i32): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, f32x4.max(v128.load(x + i), f32x4.splat(0)));
}

export function reluBackward(gx: usize, g: usize, y: usize, n: i32, add: bool): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) {
    const isPositive = f32x4.gt(v128.load(y + i), f32x4.splat(0));
    putQuad(gx + i, v128.and(v128.load(g + i), isPositive), add);
  }
}

export function tanhBackward(gx: usize, g: usize, y: usize, n: i32, add: bool): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) {
    const tanh = v128.load(y + i);
    const slope = f32x4.sub(f32x4.splat(1), f32x4.mul(tanh, tanh));
    putQuad(gx + i, f32x4.mul(v128.load(g + i), slope), add);
  }
}

export function sigmoidBackward(gx: usize, g: usize, y: usize, n: i32, add: bool): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) {
    const sigmoid = v128.load(y + i);
    const slope = f32x4.mul(sigmoid, f32x4.sub(f32x4.splat(1), sigmoid));
    putQuad(gx + i, f32x4.mul(v128.load(g + i), slope), add);
  }
}
