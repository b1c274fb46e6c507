// Seeded randomness: the same seed gives the same numbers, on every machine. Nothing in the library is random without one.
import { describeValue } from "./describe.js";
import { allocate, currentDType, type DType } from "./dtype.js";
import { log } from "./elementary.js";
import { NdArray } from "./nd-array.js";
import { expectShape, type Shape, sizeOf } from "./shape.js";

export interface UniformOptions {
  readonly low?: number;
  readonly high?: number;
  readonly dtype?: DType;
}

export interface NormalOptions {
  readonly mean?: number;
  /** Standard deviation. */
  readonly scale?: number;
  readonly dtype?: DType;
}

/**
 * A stream of random numbers, xoshiro128++ seeded by splitmix32.
 *
 * Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", 2021.
 */
export class RandomGenerator {
  readonly #state: Uint32Array;
  #spareNormal: number | undefined;

  constructor(seed: number) {
    if (!Number.isSafeInteger(seed))
      throw new RangeError(`RandomGenerator: a seed is a whole number, not ${describeValue(seed)}`);
    this.#state = Uint32Array.from(splitmix32(seed));
  }

  /** A number in [0, 1), with 53 random bits. */
  next(): number {
    return (this.#bits() >>> 5) * 2 ** -27 + (this.#bits() >>> 6) * 2 ** -53;
  }

  /** A whole number in [0, end), each as likely. */
  integer(end: number): number {
    if (!(Number.isInteger(end) && end > 0 && end <= 2 ** 32)) {
      throw new RangeError(`RandomGenerator.integer: expected a whole number in [1, 2³²], received ${end}`);
    }
    for (;;) {
      const bits = this.#bits();
      if (bits < 2 ** 32 - end) return bits % end;
      const limit = 2 ** 32 - (2 ** 32 % end); // beyond it some remainders would come once too often
      if (bits < limit) return bits % end;
    }
  }

  /** Independent numbers, uniform in [low, high), both bounds rounded to the dtype. */
  uniform(shape: Shape, { low = 0, high = 1, dtype = currentDType() }: UniformOptions = {}): NdArray {
    const round = dtype === "float32" ? Math.fround : Number;
    const [from, to] = [round(low), round(high)];
    if (!(from <= to && Number.isFinite(to - from))) {
      throw new RangeError(`RandomGenerator.uniform: expected low ≤ high, received low ${low} and high ${high}`);
    }
    const draw = dtype === "float32" ? () => (this.#bits() >>> 8) * 2 ** -24 : () => this.next();
    return filled("uniform", shape, dtype, () => {
      for (;;) {
        const value = round(from + (to - from) * draw());
        if (value < to || from === to) return value; // rounding may reach `high`: draw again
      }
    });
  }

  /** Independent numbers of the normal law N(mean, scale²). */
  normal(shape: Shape, { mean = 0, scale = 1, dtype = currentDType() }: NormalOptions = {}): NdArray {
    return filled("normal", shape, dtype, () => mean + scale * this.#standardNormal());
  }

  /** 0 … n − 1 in random order: the order in which an epoch visits its examples. */
  permutation(n: number): Uint32Array {
    if (!(Number.isInteger(n) && n >= 0 && n <= 2 ** 32)) {
      throw new RangeError(`RandomGenerator.permutation: expected a whole number ≥ 0, received ${n}`);
    }
    const inOrder = new Uint32Array(n);
    for (let i = 0; i < n; i++) inOrder[i] = i; // `Uint32Array.from` takes ten times as long
    return this.shuffle(inOrder);
  }

  /** Shuffles a list in place (Fisher-Yates) and returns it. */
  shuffle<T extends { readonly length: number; [index: number]: unknown }>(items: T): T {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      [items[last], items[other]] = [items[other], items[last]];
    }
    return items;
  }

  /** Marsaglia's polar method: two independent normals at a time, the second kept for the next call. */
  #standardNormal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * this.next() - 1;
      const v = 2 * this.next() - 1;
      const s = u * u + v * v;
      if (s === 0 || s >= 1) continue;
      const radius = Math.sqrt((-2 * log(s)) / s);
      this.#spareNormal = v * radius;
      return u * radius;
    }
  }

  /** 32 random bits. */
  #bits(): number {
    const s = this.#state as Uint32Array & { 0: number; 1: number; 2: number; 3: number };
    const result = (rotate((s[0] + s[3]) >>> 0, 7) + s[0]) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 11);
    return result;
  }
}

const rotate = (bits: number, by: number): number => ((bits << by) | (bits >>> (32 - by))) >>> 0;

/** Four well-mixed words out of one seed, so that seeds 1 and 2 have nothing in common. */
function* splitmix32(seed: number): Generator<number> {
  const high = Math.floor(seed / 2 ** 32); // part of the step, so that negative and very large seeds stay apart too
  let state = seed >>> 0;
  for (let word = 0; word < 4; word++) {
    state = (state + 0x9e3779b9 + high) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    yield (mixed ^ (mixed >>> 15)) >>> 0;
  }
}

function filled(where: string, shape: Shape, dtype: DType, draw: () => number): NdArray {
  expectShape(where, shape);
  const data = allocate(sizeOf(shape), dtype);
  for (let i = 0; i < data.length; i++) data[i] = draw();
  return new NdArray(data, shape);
}
