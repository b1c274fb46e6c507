import { describe, expect, test } from "vitest";
import { expectSameBits } from "../../test/oracle/oracle.js";
import { array, ones, zeros } from "../nd/creation.js";
import type { NdArray } from "../nd/nd-array.js";
import { RandomGenerator } from "../nd/random.js";
import { constantInit, glorotInit, type InitOptions, initialise, kaimingInit, zeroInit } from "./init.js";

type RandomInit = (W: NdArray, random: RandomGenerator, options?: InitOptions) => void;

const [rows, columns] = [40, 160] as const;
const laws = [
  { name: "glorotInit", init: glorotInit as RandomInit, fan: rows + columns },
  { name: "kaimingInit", init: kaimingInit as RandomInit, fan: columns },
];

describe.each(laws)("$name on [40, 160]", ({ name, init, fan }) => {
  const filled = (options?: InitOptions, seed = 1, dtype: "float32" | "float64" = "float32") => {
    const W = ones([rows, columns], { dtype });
    init(W, new RandomGenerator(seed), options);
    return W;
  };
  const variance = (W: NdArray) => W.mul(W).mean() - W.mean() ** 2;

  test("draws within the bound √(6 / fan), and near to it", () => {
    const bound = Math.sqrt(6 / fan);
    const W = filled();
    expect(W.max()).toBeLessThanOrEqual(bound);
    expect(W.neg().max()).toBeLessThanOrEqual(Math.fround(bound));
    expect(W.max()).toBeGreaterThan(0.995 * bound);
    expect(W.neg().max()).toBeGreaterThan(0.995 * bound);
  });

  test.each(["uniform", "normal"] as const)("has mean 0 and variance 2 / fan under the %s law", (law) => {
    const W = filled({ law });
    const scale = Math.sqrt(2 / fan);
    expect(Math.abs(W.mean())).toBeLessThan((4 * scale) / Math.sqrt(W.size));
    expect(Math.abs(variance(W) / scale ** 2 - 1)).toBeLessThan(0.07); // four standard deviations of a normal sample's
  });

  test("goes beyond the uniform bound under the normal law", () => {
    expect(filled({ law: "normal" }).max()).toBeGreaterThan(1.5 * Math.sqrt(6 / fan));
  });

  test.each(["float32", "float64"] as const)("is one uniform draw of the matrix, in %s", (dtype) => {
    const bound = Math.sqrt(6 / fan);
    const drawn = new RandomGenerator(3).uniform([rows, columns], { low: -bound, high: bound, dtype });
    expectSameBits(filled({}, 3, dtype), drawn, name);
  });

  test("fills in place and returns nothing", () => {
    const W = zeros([2, 3]);
    const { data } = W;
    expect(init(W, new RandomGenerator(1))).toBeUndefined();
    expect(W.data).toBe(data);
    expect(W.data.every((value) => value !== 0)).toBe(true);
  });

  test("fills a row of a larger array and leaves the others", () => {
    const W = zeros([3, 2, 2]);
    init(W.row(1), new RandomGenerator(1));
    expect([W.row(0).sum(), W.row(2).sum()]).toEqual([0, 0]);
    expect(W.row(1).data.every((value) => value !== 0)).toBe(true);
  });

  test("says what to do with a vector, and which laws there are", () => {
    const random = new RandomGenerator(1);
    expect(() => init(zeros([10]), random)).toThrow(
      `${name}: W must be a matrix [out, in], received [10]: fill a bias with zeroInit`,
    );
    expect(() => init(zeros([0, 3]), random)).toThrow(`${name}: W must be a matrix [out, in], received [0, 3]`);
    expect(() => init(zeros([2, 3, 4]), random)).toThrow(`${name}: W must be a matrix`);
    expect(() => init([[1]] as never, random)).toThrow(`${name}: expected an NdArray, received a plain list of 1`);
    expect(() => init(zeros([2, 3]), random, { law: "gaussian" as never })).toThrow(
      `${name}: law must be "uniform" or "normal", received "gaussian"`,
    );
  });
});

test("Glorot's bound counts rows and columns, Kaiming's the columns alone", () => {
  const bounds = (init: RandomInit, shape: readonly number[]) => {
    const W = zeros(shape);
    init(W, new RandomGenerator(5));
    return W.max();
  };
  expect(bounds(kaimingInit, [2000, 6])).toBeCloseTo(1, 2);
  expect(bounds(kaimingInit, [6, 600])).toBeCloseTo(0.1, 2);
  expect(bounds(glorotInit, [594, 6])).toBeCloseTo(0.1, 2);
  expect(bounds(glorotInit, [6, 594])).toBeCloseTo(0.1, 2);
});

test("zeroInit and constantInit fill any shape in place", () => {
  const b = array([1, 2]);
  expect(zeroInit(b)).toBeUndefined();
  expect(b).toEqual(array([0, 0]));
  expect(constantInit(b, 0.5)).toBeUndefined();
  expect(b).toEqual(array([0.5, 0.5]));
  expect(() => zeroInit(undefined as never)).toThrow("zeroInit: expected an NdArray, received undefined");
  expect(() => constantInit([1] as never, 1)).toThrow("constantInit: expected an NdArray, received a plain list of 1");
});

test("initialise takes a name or a function, and says which names there are", () => {
  const [W, random] = [ones([1, 2]), new RandomGenerator(1)];
  initialise(W, "zero", random);
  expect(W).toEqual(zeros([1, 2]));
  initialise(W, (weights) => constantInit(weights, 7), random);
  expect(W.toArray()).toEqual([[7, 7]]);
  for (const [name, init] of [
    ["glorot", glorotInit],
    ["kaiming", kaimingInit],
  ] as const) {
    const expected = zeros([1, 2]);
    init(expected, new RandomGenerator(2));
    initialise(W, name, new RandomGenerator(2));
    expect(W).toEqual(expected);
  }
  expect(() => initialise(W, ({ shape }) => ones(shape), random)).toThrow(
    "init must fill W in place and return nothing, but returned an NdArray [1, 2]: write (W) => { W.copy_(…); }",
  );
  initialise(W, (weights) => weights.fill_(3), random);
  expect(W.toArray()).toEqual([[3, 3]]);
  expect(() => initialise(W, "xavier" as never, random)).toThrow(
    'init must be "zero", "glorot", "kaiming" or a function (W, random) => void, received "xavier"',
  );
});
