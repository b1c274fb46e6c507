import { describe, expect, test } from "vitest";
import { type FrozenNumber, readFixture, thawNumber } from "../../test/oracle/oracle.js";
import fc from "../../test/properties.js";
import { cosPi, exp, log, power, tanh } from "./elementary.js";

/** A correctly rounded value, and what the rounding left out, in ulps. */
interface Rounded {
  readonly x: FrozenNumber;
  readonly value: FrozenNumber;
  readonly rest: number;
}

const fixture = readFixture<Readonly<Record<"exp" | "log" | "tanh" | "cosPi", readonly Rounded[]>>>("elementary.json");

describe("mpmath gives the same", () => {
  test.each([
    { name: "exp", f: exp, limit: 1 },
    { name: "log", f: log, limit: 1 },
    { name: "tanh", f: tanh, limit: 2 },
    { name: "cosPi", f: cosPi, limit: 2 },
  ] as const)("$name, with an error under $limit ulp", ({ name, f, limit }) => {
    expect(fixture[name].length).toBeGreaterThan(250);
    for (const { x, value, rest } of fixture[name]) {
      const [received, rounded] = [f(thawNumber(x)), thawNumber(value)];
      if (Object.is(received, rounded)) continue;
      const error = Math.abs((received - rounded) / ulp(rounded) - rest);
      expect(error, `${name}(${x}) = ${received}, not ${value}`).toBeLessThan(limit);
    }
  });
});

test("exp at its edges", () => {
  expect([exp(0), exp(-0), exp(Number.POSITIVE_INFINITY), exp(Number.NEGATIVE_INFINITY)]).toEqual([1, 1, Infinity, 0]);
  expect([exp(709.78), exp(709.79), exp(1e308)].map(Number.isFinite)).toEqual([true, false, false]);
  expect([exp(-745.13), exp(-745.14), exp(-1e308)]).toEqual([5e-324, 0, 0]);
  expect(exp(Number.NaN)).toBeNaN();
});

test("log at its edges", () => {
  expect([log(1), log(Number.POSITIVE_INFINITY), log(0), log(-0)]).toEqual([0, Infinity, -Infinity, -Infinity]);
  expect([log(-5e-324), log(-1), log(Number.NEGATIVE_INFINITY), log(Number.NaN)]).toEqual(Array(4).fill(Number.NaN));
});

test("tanh at its edges", () => {
  expect([tanh(0), tanh(-0), tanh(5e-324)]).toEqual([0, -0, 5e-324]);
  expect([20, -20, 1e308, -1e308, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(tanh)).toEqual([
    1, -1, 1, -1, 1, -1,
  ]);
  expect(tanh(Number.NaN)).toBeNaN();
});

const anyNumber = fc.double({ noNaN: true });

test("tanh is odd to the last bit, and stays in [−1, 1]", () => {
  fc.assert(
    fc.property(fc.oneof(anyNumber, fc.double({ min: -20, max: 20, noNaN: true })), (x) => {
      expect(tanh(-x)).toBe(-tanh(x));
      expect(Math.abs(tanh(x))).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([
  { name: "exp", f: exp, min: -746, max: 710 },
  { name: "log", f: log, min: 0, max: Number.MAX_VALUE },
  { name: "tanh", f: tanh, min: -20, max: 20 },
])("$name never goes down, between points a millionth apart", ({ f, min, max }) => {
  fc.assert(
    fc.property(fc.double({ min, max, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true }), (x, step) => {
      expect(f(x + Math.abs(x) * step)).toBeGreaterThanOrEqual(f(x));
    }),
  );
  for (const x of [0.3465735902799726, 0.625, Math.SQRT1_2, Math.SQRT2]) {
    expect(f(x * (1 + 1e-15))).toBeGreaterThanOrEqual(f(x * (1 - 1e-15))); // where one way takes over from another
  }
});

test("log undoes exp, and exp makes products of sums", () => {
  fc.assert(
    fc.property(small(), small(), (x, y) => {
      expect(Math.abs(log(exp(x)) - x)).toBeLessThan(2 ** -52 * (1 + Math.abs(x)));
      expect(Math.abs((exp(x) * exp(y)) / exp(x + y) - 1)).toBeLessThan(2 ** -52 * (4 + Math.abs(x + y)));
    }),
  );
});

test("cosPi is exact at 0, ½ and 1, and odd around ½", () => {
  expect([cosPi(0), cosPi(0.5), cosPi(1)]).toEqual([1, 0, -1]);
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 1, noNaN: true }), (u) => {
      expect(cosPi(1 - u) + cosPi(u)).toBe(0);
    }),
  );
});

test.each([-1e-9, 1.001, Number.NaN, undefined])("cosPi refuses %s", (u) => {
  expect(() => cosPi(u as number)).toThrow(/^cosPi: expected a number in \[0, 1\], received /);
});

describe("power", () => {
  test("of a whole exponent multiplies", () => {
    expect([power(3, 0), power(3, 1), power(3, 2), power(-3, 3), power(2, 10), power(1.1, 2)]).toEqual([
      1,
      3,
      9,
      -27,
      1024,
      1.1 * 1.1,
    ]);
    expect([power(10, -2), power(2, -1074), power(0, -1), power(Number.NaN, 0)]).toEqual([0.01, 0, Infinity, 1]);
  });

  test("of ½ is the square root, to the bit", () => {
    fc.assert(
      fc.property(anyNumber, (x) => {
        expect(power(x, 0.5)).toBe(Math.sqrt(x));
      }),
    );
  });

  test("of any other is exp(p log x), within the error it states", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.constantFrom(1.5, 2.5, -0.5), (x, p) => {
        const expected = Math.sqrt(x) * power(x, p - 0.5);
        const limit = 2 ** -52 * (Math.abs(p * log(x)) + 5);
        expect(Math.abs(power(x, p) / expected - 1)).toBeLessThan(limit);
      }),
    );
    expect([power(-2, 1.5), power(0, 1.5), power(0, -1.5)]).toEqual([Number.NaN, 0, Infinity]);
  });
});

const small = () => fc.double({ min: -30, max: 30, noNaN: true });

/** The distance from a number to the next one away from 0. */
function ulp(x: number): number {
  const number = new Float64Array([Math.abs(x)]);
  const bits = new BigInt64Array(number.buffer);
  bits[0]! += 1n;
  return number[0]! - Math.abs(x);
}
