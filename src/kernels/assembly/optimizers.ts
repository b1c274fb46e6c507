// The optimisers, one pass over a parameter in float32.
import { quadBytes } from "./quads";

export function sgd(
  W: usize,
  g: usize,
  v: usize,
  rate: f32,
  momentum: f32,
  gain: f32,
  nesterov: bool,
  decay: f32,
  l1: f32,
  n: i32,
): void {
  const bytes = quadBytes(n);
  const isPenalised = decay !== 0 || l1 !== 0;
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(W + i);
    let d = v128.load(g + i);
    if (isPenalised) d = f32x4.add(d, penalty(w, decay, l1));
    if (v !== 0) d = velocity(v + i, d, momentum, gain, nesterov);
    v128.store(W + i, f32x4.sub(w, times(rate, d)));
  }
}

/** `decay w + l1 sign(w)`. */
function penalty(w: v128, decay: f32, l1: f32): v128 {
  const zero = f32x4.splat(0);
  const up = v128.and(f32x4.gt(w, zero), f32x4.splat(l1));
  const down = v128.and(f32x4.lt(w, zero), f32x4.splat(l1));
  return f32x4.add(times(decay, w), f32x4.sub(up, down));
}

/** Updates the quad of velocities at `v`; gives the direction of the step. */
function velocity(v: usize, d: v128, momentum: f32, gain: f32, nesterov: bool): v128 {
  const gained = times(gain, d);
  const updated = f32x4.add(times(momentum, v128.load(v)), gained);
  v128.store(v, updated);
  return nesterov ? f32x4.add(times(momentum, updated), gained) : updated;
}

export function adam(
  W: usize,
  g: usize,
  m: usize,
  v: usize,
  rate: f32,
  beta1: f32,
  complement1: f32,
  beta2: f32,
  complement2: f32,
  correction: f32,
  epsilon: f32,
  decay: f32,
  kept: f32,
  n: i32,
): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(W + i);
    const d = f32x4.add(v128.load(g + i), times(decay, w));
    const first = f32x4.add(times(beta1, v128.load(m + i)), times(complement1, d));
    const second = f32x4.add(times(beta2, v128.load(v + i)), f32x4.mul(times(complement2, d), d));
    const size = f32x4.add(f32x4.sqrt(f32x4.div(second, f32x4.splat(correction))), f32x4.splat(epsilon));
    v128.store(m + i, first);
    v128.store(v + i, second);
    v128.store(W + i, f32x4.sub(times(kept, w), f32x4.div(times(rate, first), size)));
  }
}

function times(c: f32, x: v128): v128 {
  return f32x4.mul(f32x4.splat(c), x);
}
