// exp, log, tanh and sigmoid of float32 numbers. They are computed in double precision by the very operations of
// `src/nd/elementary.ts` and `src/functions/activations.ts`, in the same order, so that they round to the same float32.
import { highPair, lowPair, quadBytes, quadOf } from "./quads";

export function exp(y: usize, x: usize, n: i32): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, expOfQuad(v128.load(x + i)));
}

export function log(y: usize, x: usize, n: i32): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, logOfQuad(v128.load(x + i)));
}

export function tanh(y: usize, x: usize, n: i32): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, tanhOfQuad(v128.load(x + i)));
}

export function sigmoid(y: usize, x: usize, n: i32): void {
  const bytes = quadBytes(n);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, sigmoidOfQuad(v128.load(x + i)));
}

export function expOfQuad(x: v128): v128 {
  return quadOf(expOfPair(lowPair(x)), expOfPair(highPair(x)));
}

/**
 * `eˣ = 2ᵏ eʳ`. Beyond ±700 it stays at e^±700, which in float32 is infinity or 0 all the same: 2ᵏ then needs no second
 * factor.
 */
function expOfPair(x: v128): v128 {
  const within = f64x2.pmax(f64x2.pmin(x, f64x2.splat(700)), f64x2.splat(-700)); // NaN stays
  const k = f64x2.floor(f64x2.add(f64x2.mul(within, f64x2.splat(Math.LOG2E)), f64x2.splat(0.5)));
  const high = f64x2.sub(within, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
  const low = f64x2.mul(k, f64x2.splat(1.9082149292705877e-10));
  const rest = f64x2.sub(low, beyondLinear(f64x2.sub(high, low)));
  return f64x2.mul(f64x2.add(f64x2.splat(1), f64x2.sub(high, rest)), powerOfTwo(k));
}

function beyondLinear(r: v128): v128 {
  const t = f64x2.mul(r, r);
  const last = quadratic(t, 6.613756321437934e-5, -1.6533902205465252e-6, 4.1381367970572385e-8);
  const inner = addTo(0.16666666666666602, f64x2.mul(t, addTo(-0.0027777777777015593, f64x2.mul(t, last))));
  const c = f64x2.sub(r, f64x2.mul(t, inner));
  return f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
}

/**
 * 2ᵏ for whole k from −1022 to 1023, whose only bits are those of the exponent, k + 1023. Added to 3 · 2⁵¹, that number
 * is the last bits of the sum.
 */
function powerOfTwo(k: v128): v128 {
  return i64x2.shl(f64x2.add(k, f64x2.splat(6755399441055744 + 1023)), 52);
}

/** −Infinity at 0, Infinity at itself, NaN below 0 and at itself. */
function logOfQuad(x: v128): v128 {
  const y = quadOf(logOfPair(lowPair(x)), logOfPair(highPair(x)));
  const isPositive = f32x4.gt(x, f32x4.splat(0));
  const isOrdinary = v128.and(isPositive, f32x4.lt(x, f32x4.splat(Infinity)));
  if (i32x4.all_true(isOrdinary)) return y;
  const ofRest = v128.bitselect(f32x4.splat(-Infinity), f32x4.splat(NaN), f32x4.eq(x, f32x4.splat(0)));
  return v128.bitselect(y, v128.bitselect(x, ofRest, isPositive), isOrdinary);
}

/** Natural logarithm of finite numbers from 2⁻¹⁰²² on, as every positive float32 is. */
export function logOfPair(x: v128): v128 {
  const top = i64x2.add(x, i64x2.splat(0x95f62 << 32)); // the bits of 1 less those of √½
  const bits = v128.and(top, i64x2.splat(0xfffffffffffff));
  const f = f64x2.sub(i64x2.add(bits, i64x2.splat(0x3fe6a09e << 32)), f64x2.splat(1));
  const k = f64x2.sub(asNumber(i64x2.shr_u(top, 52)), f64x2.splat(1023));
  const square = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const low = f64x2.add(beyondSquare(f, square), f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)));
  const high = f64x2.mul(k, f64x2.splat(0.6931471803691238));
  return f64x2.sub(high, f64x2.sub(f64x2.sub(square, low), f));
}

/** Whole numbers from 0 to 2⁵² as doubles: they are the last bits of 2⁵² plus themselves. */
function asNumber(whole: v128): v128 {
  const offset = f64x2.splat(4503599627370496);
  return f64x2.sub(v128.or(whole, offset), offset);
}

function beyondSquare(f: v128, square: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const odd = cubic(w, 0.6666666666666735, 0.2857142874366239, 0.1818357216161805, 0.14798198605116586);
  const even = quadratic(w, 0.3999999999940942, 0.22222198432149784, 0.15313837699209373);
  return f64x2.mul(s, f64x2.add(f64x2.add(square, f64x2.mul(z, odd)), f64x2.mul(w, even)));
}

/** Of |x|, with the sign of x. Each way is taken when a number needs it. */
function tanhOfQuad(x: v128): v128 {
  const size = f32x4.abs(x);
  const isSmall = f32x4.lt(size, f32x4.splat(0.625));
  let y = size;
  if (!i32x4.all_true(isSmall)) y = quadOf(tanhOfLarge(lowPair(size)), tanhOfLarge(highPair(size)));
  if (v128.any_true(isSmall)) {
    const ofSmall = quadOf(tanhOfSmall(lowPair(size)), tanhOfSmall(highPair(size)));
    y = v128.bitselect(ofSmall, y, isSmall);
  }
  return v128.bitselect(x, y, f32x4.splat(-0.0));
}

/** Under 2⁻²⁷, where the reference gives x itself, this does too: the rest is less than half of the last digit. */
function tanhOfSmall(x: v128): v128 {
  const z = f64x2.mul(x, x);
  const p = quadratic(z, -1614.6876844170845, -99.28772310019185, -0.9643991794250523);
  const q = cubic(z, 4844.063053251255, 2235.4883906010045, 112.81167849163293, 1);
  return f64x2.add(x, f64x2.mul(f64x2.mul(x, z), f64x2.div(p, q)));
}

function tanhOfLarge(size: v128): v128 {
  const e = expOfPair(f64x2.mul(f64x2.splat(2), size));
  return f64x2.sub(f64x2.splat(1), f64x2.div(f64x2.splat(2), f64x2.add(e, f64x2.splat(1))));
}

function sigmoidOfQuad(x: v128): v128 {
  const below = f32x4.neg(f32x4.abs(x));
  return quadOf(
    sigmoidFrom(lowPair(x), expOfPair(lowPair(below))),
    sigmoidFrom(highPair(x), expOfPair(highPair(below))),
  );
}

/** Sigmoid of x from `e = exp(−|x|)`. */
function sigmoidFrom(x: v128, e: v128): v128 {
  const one = f64x2.splat(1);
  const top = v128.bitselect(one, e, f64x2.ge(x, f64x2.splat(0)));
  return f64x2.div(top, f64x2.add(one, e));
}

/** `a + b z + c z²`. */
function quadratic(z: v128, a: f64, b: f64, c: f64): v128 {
  return addTo(a, f64x2.mul(z, addTo(b, f64x2.mul(z, f64x2.splat(c)))));
}

/** `a + b z + c z² + d z³`. */
function cubic(z: v128, a: f64, b: f64, c: f64, d: f64): v128 {
  return addTo(a, f64x2.mul(z, quadratic(z, b, c, d)));
}

function addTo(a: f64, b: v128): v128 {
  return f64x2.add(f64x2.splat(a), b);
}
