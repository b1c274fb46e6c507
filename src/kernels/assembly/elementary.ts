// exp, log, tanh and sigmoid of float32 numbers, computed in double precision. exp, log and sigmoid take the very operations of
// `src/nd/elementary.ts` and `src/functions/activations.ts`, in the same order, so that they round to the same float32; tanh
// takes fewer, and a test compares every float32 (`twins/every-tanh.test.ts`).
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
  const k = nearestPower(within);
  const high = f64x2.sub(within, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
  const low = f64x2.mul(k, f64x2.splat(1.9082149292705877e-10));
  const rest = f64x2.sub(low, beyondLinear(f64x2.sub(high, low)));
  return f64x2.mul(f64x2.add(f64x2.splat(1), f64x2.sub(high, rest)), powerOfTwo(k));
}

/** The k for which 2ᵏ is nearest to eˣ. */
function nearestPower(x: v128): v128 {
  return f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(Math.LOG2E)), f64x2.splat(0.5)));
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

/** `(e²ˣ − 1) / (e²ˣ + 1)` of |x|, with the sign of x: the same way for all x, both pairs at once. */
function tanhOfQuad(x: v128): v128 {
  const size = f32x4.abs(x);
  const twice0 = twiceOf(lowPair(size));
  const twice1 = twiceOf(highPair(size));
  const k0 = nearestPower(twice0);
  const k1 = nearestPower(twice1);
  const rest0 = expm1OfRest(restOf(twice0, k0));
  const rest1 = expm1OfRest(restOf(twice1, k1));
  const y = quadOf(tanhFrom(rest0, powerOfTwo(k0)), tanhFrom(rest1, powerOfTwo(k1)));
  return v128.bitselect(x, y, f32x4.splat(-0.0));
}

/** Up to 40, for tanh(20) is 1 in float32 all the same. */
function twiceOf(x: v128): v128 {
  return f64x2.pmin(f64x2.add(x, x), f64x2.splat(40)); // NaN stays
}

/** `x − k ln 2`. */
function restOf(x: v128, k: v128): v128 {
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
  return f64x2.sub(high, f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)));
}

/** `eʳ − 1` for |r| ≤ ½ ln 2, to 2⁻⁵⁹ of itself: the polynomial that meets `(eʳ − 1 − r) / r²` at eleven Chebyshev nodes. */
function expm1OfRest(r: v128): v128 {
  const z = f64x2.mul(r, r);
  const square = f64x2.mul(z, z);
  const beyond = f64x2.add(lowTerms(r, z), f64x2.mul(square, highTerms(r, z, square)));
  return f64x2.add(r, f64x2.mul(z, beyond));
}

function lowTerms(r: v128, z: v128): v128 {
  const c0 = addTo(0.5, f64x2.mul(r, f64x2.splat(0.1666666666666667)));
  const c2 = addTo(0.04166666666666667, f64x2.mul(r, f64x2.splat(0.008333333333326136)));
  return f64x2.add(c0, f64x2.mul(z, c2));
}

function highTerms(r: v128, z: v128, square: v128): v128 {
  const c4 = addTo(0.0013888888888883748, f64x2.mul(r, f64x2.splat(0.00019841269874820627)));
  const c6 = addTo(2.4801587325547743e-5, f64x2.mul(r, f64x2.splat(2.7557255400206422e-6)));
  const c8 = addTo(2.75572736431103e-7, f64x2.mul(r, f64x2.splat(2.5105217004720745e-8)));
  const middle = f64x2.add(c4, f64x2.mul(z, c6));
  const high = f64x2.add(c8, f64x2.mul(z, f64x2.splat(2.0914686968086876e-9)));
  return f64x2.add(middle, f64x2.mul(square, high));
}

/** From `eʳ − 1` and 2ᵏ. */
function tanhFrom(rest: v128, scale: v128): v128 {
  const above = f64x2.add(f64x2.mul(scale, rest), f64x2.sub(scale, f64x2.splat(1)));
  return f64x2.div(above, f64x2.add(above, f64x2.splat(2)));
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
