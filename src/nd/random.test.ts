import { describe, expect, test } from "vitest";
import { readFixture } from "../../test/oracle/oracle.js";
import fc from "../../test/properties.js";
import { RandomGenerator } from "./random.js";

const { generators } = readFixture<{ generators: readonly { seed: number; bits: readonly number[] }[] }>(
  "numpy-nd.json",
);

describe("the stream of bits", () => {
  test.each(generators)("is xoshiro128++ seeded by splitmix32: seed $seed", ({ seed, bits }) => {
    const random = new RandomGenerator(seed);
    expect(bits.map(() => random.integer(2 ** 32))).toEqual(bits);
  });

  test("is another one for every seed, negative and beyond 32 bits", () => {
    const first = generators.map(({ seed }) => new RandomGenerator(seed).next());
    expect(new Set(first).size).toBe(generators.length);
  });

  test("never changes: the numbers of seed 42, frozen", () => {
    const random = new RandomGenerator(42);
    expect([random.next(), random.next()]).toEqual([0.018713091345023636, 0.6397555712318338]);
    expect([...random.uniform([3]).data]).toEqual([0.126115620136261, 0.25874340534210205, 0.5556451082229614]);
    expect([...random.permutation(8)]).toEqual([7, 6, 4, 2, 1, 5, 3, 0]);
    expect(random.normal([2], { dtype: "float64" }).data[1]).toBeCloseTo(0.2381674999221581, 14);
  });

  test.each([Number.NaN, 1.5, Number.POSITIVE_INFINITY, 2 ** 53, "3", undefined])("refuses the seed %s", (seed) => {
    expect(() => new RandomGenerator(seed as number)).toThrow("RandomGenerator: a seed is a whole number, not ");
  });
});

describe("uniform", () => {
  test("fills any shape with numbers in [low, high), in both dtypes", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom("float32", "float64"), bounds(), (seed, dtype, [low, high]) => {
        const round = dtype === "float32" ? Math.fround : Number;
        const x = new RandomGenerator(seed).uniform([3, 7], { low, high, dtype });
        expect([x.dtype, x.shape]).toEqual([dtype, [3, 7]]);
        for (const value of x.data) {
          expect(value).toBeGreaterThanOrEqual(round(low));
          expect(value < round(high) || round(low) === round(high)).toBe(true);
        }
      }),
    );
  });

  test("has the mean 1/2 and the variance 1/12", () => {
    const { mean, variance } = moments(new RandomGenerator(3).uniform([200_000]).data);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 3);
  });

  test("does not reach its upper bound where float32 has few numbers to round to", () => {
    // between 1 and 1 + 2⁻²² lie two float32 numbers: without care a quarter of the draws would be rounded up to the bound
    const high = 1 + 2 ** -22;
    const { data } = new RandomGenerator(5).uniform([1000], { low: 1, high });
    expect(new Set(data)).toEqual(new Set([1, 1 + 2 ** -23]));
  });

  test("refuses bounds in the wrong order or not finite", () => {
    const random = new RandomGenerator(1);
    expect(() => random.uniform([2], { low: 1, high: 0 })).toThrow("expected low ≤ high, received low 1 and high 0");
    expect(() => random.uniform([2], { high: Number.NaN })).toThrow(RangeError);
    expect(() => random.uniform([-1])).toThrow("uniform: a shape is a list of whole numbers ≥ 0");
  });
});

describe("normal", () => {
  test("has the mean, the deviation and the tails of the normal law", () => {
    const { data } = new RandomGenerator(11).normal([200_000], { mean: 3, scale: 2 });
    const { mean, variance } = moments(data);
    expect(Math.abs(mean - 3)).toBeLessThan(0.02);
    expect(Math.abs(variance - 4)).toBeLessThan(0.06);
    const beyond = data.filter((value: number) => Math.abs(value - 3) > 2 * 1.96).length / data.length;
    expect(Math.abs(beyond - 0.05)).toBeLessThan(0.003);
  });

  test("gives two neighbours that are not correlated", () => {
    const { data } = new RandomGenerator(12).normal([100_000]);
    let product = 0;
    for (let i = 0; i < data.length; i += 2) product += data[i]! * data[i + 1]!;
    expect(Math.abs(product / (data.length / 2))).toBeLessThan(0.02);
  });
});

describe("whole numbers", () => {
  test("integer gives each value as often", () => {
    const random = new RandomGenerator(4);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  test("integer is not biased when the end does not divide 2³²", () => {
    // bits % (3·2³⁰) without rejection would give the first third half of the draws
    const random = new RandomGenerator(4);
    let low = 0;
    for (let i = 0; i < 30_000; i++) if (random.integer(3 * 2 ** 30) < 2 ** 30) low++;
    expect(Math.abs(low - 10_000)).toBeLessThan(400);
  });

  test.each([0, -1, 1.5, 2 ** 33, Number.NaN])("integer refuses the end %s", (end) => {
    expect(() => new RandomGenerator(1).integer(end)).toThrow("expected a whole number in [1, 2³²]");
  });

  test("permutation holds 0 … n − 1, each once, in an order that depends on the seed", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer(), (n, seed) => {
        const order = new RandomGenerator(seed).permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        expect(new RandomGenerator(seed).permutation(n)).toEqual(order);
      }),
    );
    expect(new RandomGenerator(1).permutation(20)).not.toEqual(new RandomGenerator(2).permutation(20));
  });

  test("permutation gives every order of three as often", () => {
    const random = new RandomGenerator(9);
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const order = random.permutation(3).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  test("permutation refuses what is no count", () => {
    for (const n of [-1, 2.5, Number.NaN])
      expect(() => new RandomGenerator(1).permutation(n)).toThrow(
        `permutation: expected a whole number ≥ 0, received ${n}`,
      );
  });

  test("shuffle works in place and keeps the items", () => {
    const items = ["a", "b", "c", "d"];
    expect(new RandomGenerator(2).shuffle(items)).toBe(items);
    expect([...items].sort()).toEqual(["a", "b", "c", "d"]);
  });
});

const bounds = () =>
  fc
    .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e3, noNaN: true }))
    .map(([low, width]): [number, number] => [low, low + width]);

function moments(data: ArrayLike<number>): { mean: number; variance: number } {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    sum += data[i]!;
    squares += data[i]! ** 2;
  }
  const mean = sum / data.length;
  return { mean, variance: squares / data.length - mean ** 2 };
}
