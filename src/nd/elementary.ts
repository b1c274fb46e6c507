// exp, log, tanh, cos πu and powers of one number, from + − × ÷ and √ alone: the same bits on every machine.
//
// JavaScript lets each engine choose how exactly Math.exp and its kin are computed, so they are computed here. The
// constants of exp, log and cos πu are those of fdlibm (Copyright © 1993 Sun Microsystems, Inc.; permission to use, copy,
// modify and distribute is freely granted, provided that this notice is preserved), those of tanh are of Cephes (S. L.
// Moshier). An ulp is the distance between two neighbouring numbers.
import { describeValue } from "./describe.js";

/** ln 2 in two parts (Cody and Waite): the first is short, so that its product with an exponent is exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/**
 * Exponential `eˣ`, with an error under 1 ulp: `x = k ln 2 + r` with |r| ≤ ½ ln 2, then `2ᵏ eʳ`.
 *
 * Infinity from 709.79 on, 0 from −745.14 down, and right between 0 and 2⁻¹⁰²², where numbers lose their digits.
 */
export function exp(x: number): number {
  if (!(Math.abs(x) < 746)) return x > 0 ? Number.POSITIVE_INFINITY : x < 0 ? 0 : x;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const y = 1 + (high - (low - beyondLinear(high - low)));
  const half = k >> 1;
  return y * powerOfTwo(half) * powerOfTwo(k - half); // in two steps: 2ᵏ alone may be too large or too small
}

/** `eʳ − 1 − r` for |r| ≤ ½ ln 2, from the polynomial `c ≈ 2 − 2r / (eʳ − 1)`, which is nearly r. */
function beyondLinear(r: number): number {
  const t = r * r;
  const last = quadratic(t, 6.613756321437934e-5, -1.6533902205465252e-6, 4.1381367970572385e-8);
  const c = r - t * quadratic(t, 0.16666666666666602, -0.0027777777777015593, last);
  return (r * c) / (2 - c);
}

/** 2ᵏ for −600 ≤ k ≤ 600, by exact doublings and halvings. */
const powersOfTwo = new Float64Array(1201).fill(1);
for (let k = 1; k <= 600; k++) {
  powersOfTwo[600 + k] = powersOfTwo[599 + k]! * 2;
  powersOfTwo[600 - k] = powersOfTwo[601 - k]! / 2;
}
const powerOfTwo = (k: number): number => powersOfTwo[600 + k]!;

/**
 * Natural logarithm, with an error under 1 ulp: `x = 2ᵏ (1 + f)` with √½ ≤ 1 + f < √2, then `k ln 2 + log(1 + f)`.
 *
 * −Infinity at 0, NaN below.
 */
export function log(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  const isSubnormal = x < 2.2250738585072014e-308;
  asNumber[0] = isSubnormal ? x * 18014398509481984 : x; // times 2⁵⁴
  const top = asWords[topWord]! + 0x95f62; // the bits of 1 less those of √½: exponents now change at √½
  asWords[topWord] = (top & 0xfffff) + 0x3fe6a09e;
  const k = (top >> 20) - (isSubnormal ? 1023 + 54 : 1023);
  const f = asNumber[0] - 1;
  const square = 0.5 * f * f;
  return k * ln2High - (square - (beyondSquare(f, square) + k * ln2Low) - f);
}

/** `log(1 + f) − f + f²/2`, from the series of `log((1 + s) / (1 − s))` in the odd powers of `s = f / (2 + f)`. */
function beyondSquare(f: number, square: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = z * cubic(w, 0.6666666666666735, 0.2857142874366239, 0.1818357216161805, 0.14798198605116586);
  const even = w * quadratic(w, 0.3999999999940942, 0.22222198432149784, 0.15313837699209373);
  return s * (square + odd + even);
}

/** A number and its bits, in the same memory. */
const asNumber = new Float64Array([1]);
const asWords = new Uint32Array(asNumber.buffer);
/** Which of the two words holds sign and exponent: processors differ. */
const topWord = asWords[0] === 0 ? 1 : 0;

/**
 * Hyperbolic tangent, with an error under 2 ulp: `x + x³ P(x²) / Q(x²)` up to 0.625, `1 − 2 / (e²ˣ + 1)` beyond.
 *
 * Odd to the last bit; ±1 from ±19.07 on.
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 7.450580596923828e-9) return x; // 2⁻²⁷: x³/3 is less than half of the last digit; −0 stays −0
  if (size < 0.625) {
    const z = x * x;
    const p = quadratic(z, -1614.6876844170845, -99.28772310019185, -0.9643991794250523);
    const q = cubic(z, 4844.063053251255, 2235.4883906010045, 112.81167849163293, 1);
    return x + x * z * (p / q);
  }
  const y = 1 - 2 / (exp(2 * size) + 1);
  return x < 0 ? -y : y;
}

/**
 * `cos(π u)` for u in [0, 1], with an error under 2 ulp; exactly 1, 0, −1 at 0, ½, 1.
 *
 * @throws RangeError when u is not in [0, 1]
 */
export function cosPi(u: number): number {
  if (!(u >= 0 && u <= 1)) throw new RangeError(`cosPi: expected a number in [0, 1], received ${describeValue(u)}`);
  if (u > 0.5) return -cosPi(1 - u);
  return u <= 0.25 ? cosOfSmall(u) : sinOfSmall(0.5 - u);
}

/** `cos(π v)` for 0 ≤ v ≤ ¼. */
function cosOfSmall(v: number): number {
  const x = Math.PI * v;
  const z = x * x;
  const last = cubic(z, 2.480158728947673e-5, -2.7557314351390663e-7, 2.087572321298175e-9, -1.1359647557788195e-11);
  const rest = z * z * quadratic(z, 0.0416666666666666, -0.001388888888887411, last);
  const half = 0.5 * z;
  const y = 1 - half;
  return y + (1 - y - half + rest); // 1 − y − half is what the subtraction lost
}

/** `sin(π v)` for 0 ≤ v ≤ ¼. */
function sinOfSmall(v: number): number {
  const piLow = 1.2246467991473532e-16; // what Math.PI lacks
  const x = Math.PI * v;
  const z = x * x;
  const last = cubic(z, -0.0001984126982985795, 2.7557313707070068e-6, -2.5050760253406863e-8, 1.58969099521155e-10);
  const rest = x * z * quadratic(z, -0.16666666666666632, 0.00833333333332249, last);
  return x + (rest + piLow * v);
}

/**
 * `xᵖ`: a whole p multiplies, squaring as it goes (error under |p| ulp; a negative one divides 1 by the result), ½ takes
 * the square root, any other is `exp(p log x)` (error under |p log x| + 2 ulp; NaN when x < 0).
 */
export function power(x: number, p: number): number {
  if (p === 0.5) return Math.sqrt(x);
  if (!Number.isInteger(p)) return exp(p * log(x));
  return p < 0 ? 1 / wholePower(x, -p) : wholePower(x, p);
}

function wholePower(x: number, p: number): number {
  let result = 1;
  for (let rest = p, square = x; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) result *= square;
  }
  return result;
}

/** `a + b z + c z²`. */
const quadratic = (z: number, a: number, b: number, c: number): number => a + z * (b + z * c);

/** `a + b z + c z² + d z³`. */
const cubic = (z: number, a: number, b: number, c: number, d: number): number => a + z * (b + z * (c + z * d));
