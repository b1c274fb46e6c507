import { describe, expect, test } from "vitest";
import { arrayOf, length, shape } from "../../test/arbitrary-array.js";
import { expectSameBits } from "../../test/oracle/oracle.js";
import fc from "../../test/properties.js";
import { expectPure } from "../../test/purity.js";
import { arange, array, ones, zeros } from "./creation.js";
import type { NdArray } from "./nd-array.js";
import { RandomGenerator } from "./random.js";

const matrix = () =>
  array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
/** What untyped code could pass. */
const untyped = (value: unknown) => value as NdArray;

describe("arithmetic", () => {
  test("broadcasts as two loops would, on random shapes, empty ones too", () => {
    fc.assert(
      fc.property(
        pairOfShapes().chain(([a, b]) => fc.tuple(arrayOf(a), arrayOf(b))),
        ([a, b]) => {
          const received = expectPure(() => a.sub(b));
          received.data.forEach((value, i) => {
            const index = unravel(i, received.shape);
            expect(value).toBe(elementBroadcast(a, index) - elementBroadcast(b, index));
          });
        },
      ),
    );
  });

  test("keeps the dtype, with numbers too", () => {
    expect(matrix().mul(0.1).dtype).toBe("float32");
    expect(matrix().astype("float64").add(1).dtype).toBe("float64");
    expect(matrix().mul(0.1).at(0, 0)).toBe(Math.fround(0.1));
  });

  test("of a number gives the bits of an array that holds it, rounded to the dtype, in a new array and in place", () => {
    const random = new RandomGenerator(4);
    for (const dtype of ["float32", "float64"] as const) {
      const x = random.normal([5, 7], { dtype });
      for (const y of [0.1, -1 / 3, 1e-46, 1e39, -0, Number.NaN, Number.NEGATIVE_INFINITY]) {
        const held = array(y, { dtype });
        for (const name of ["add", "sub", "mul", "div", "maximum"] as const) {
          expectSameBits(x[name](y), x[name](held), `${name} ${y}, ${dtype}`);
        }
        for (const name of ["add_", "sub_", "mul_"] as const) {
          expectSameBits(x.clone()[name](y), x.clone()[name](held), `${name} ${y}, ${dtype}`);
        }
      }
    }
  });

  test("gives a new array, with + 0 and × 1 too", () => {
    const x = matrix();
    for (const y of [x.add(0), x.mul(1), x.maximum(-1e9), x.neg().neg()]) expect(y.data.buffer).not.toBe(x.data.buffer);
  });

  test.each(["add", "sub", "mul", "div", "maximum"] as const)("%s says what is wrong with its operand", (name) => {
    expect(() => matrix()[name](zeros([2]))).toThrow(
      `${name}: shapes [2, 3] and [2] do not broadcast (axis -1: 3 against 2)`,
    );
    expect(() => matrix()[name](matrix().astype("float64"))).toThrow(
      `${name}: float32 and float64 do not mix; convert one of them, for instance with .astype("float32")`,
    );
    expect(() => matrix()[name](untyped([1, 2, 3]))).toThrow(
      `${name}: expected a number or an NdArray, received a plain list of 3: wrap it with array(…)`,
    );
    expect(() => matrix()[name](untyped(new Float32Array(3)))).toThrow(
      "received a Float32Array of 3: wrap it with array(…)",
    );
    expect(() => matrix()[name](untyped(undefined))).toThrow("received undefined (a function without `return`?)");
    expect(() => matrix()[name](untyped("3"))).toThrow('received "3"');
    expect(() => matrix()[name](untyped(null))).toThrow("received null");
  });

  test("refuses to stretch a length of 0", () => {
    expect(() => zeros([0]).add(zeros([2]))).toThrow("add: shapes [0] and [2] do not broadcast (axis -1: 0 against 2)");
  });
});

describe("matmul", () => {
  test("is the sum of products, on random shapes", () => {
    const sizes = fc.tuple(length(), length(), length());
    fc.assert(
      fc.property(
        sizes.chain(([m, k, n]) => fc.tuple(arrayOf([m, k]), arrayOf([k, n]))),
        ([a, b]) => {
          const received = a.matmul(b);
          received.data.forEach((value, i) => {
            const [row, column] = unravel(i, received.shape) as [number, number];
            let sum = 0;
            for (let j = 0; j < a.shape[1]!; j++) sum += a.at(row, j) * b.at(j, column);
            expect(value).toBeCloseTo(sum, 12);
          });
        },
      ),
    );
  });

  test("of float32 is that of float64 rounded once, to the bit, whatever the sizes and the zeros", () => {
    const random = new RandomGenerator(5);
    for (const [m, k, n] of sizesOfEveryWay) {
      const [a, b] = [random.normal([m, k]), random.normal([k, n])];
      for (const x of [b, b.mul(random.normal([k, 1]).sub(1).maximum(0))]) {
        const expected = a.astype("float64").matmul(x.astype("float64")).astype("float32");
        expectSameBits(a.matmul(x), expected, `[${m}, ${k}] · [${k}, ${n}]`);
      }
    }
  });

  test("of one example gives the same bits as in a batch", () => {
    const random = new RandomGenerator(6);
    const [W, batch] = [random.normal([10, 129]), random.normal([9, 129]).sub(1).maximum(0)];
    const scores = batch.matmul(W.transpose());
    for (let i = 0; i < 9; i++) {
      expectSameBits(W.matmul(batch.row(i)), scores.row(i), `row ${i}`);
      expectSameBits(batch.row(i).matmul(W.transpose()), scores.row(i), `row ${i}, from the left`);
    }
  });

  test("does not read what meets the zeros of a long vector of mostly zeros, and reads it against any other", () => {
    const W = ones([4, 64]);
    for (let row = 0; row < 4; row++) W.set([row, 10], Number.NaN);
    const long = zeros([64]);
    long.set([3], 2);
    expect(W.matmul(long).toArray()).toEqual([2, 2, 2, 2]);
    long.set([10], 1);
    expect(W.matmul(long).toArray()).toEqual(Array(4).fill(Number.NaN));
    expect(W.astype("float64").matmul(long.astype("float64").mul(0)).toArray()).toEqual(Array(4).fill(Number.NaN));
    expect(W.matmul(zeros([64, 2])).sum()).toBeNaN();
    expect(long.mul(0).matmul(W.transpose()).sum()).toBeNaN();
    const half = ones([64]);
    for (let i = 0; i < 32; i++) half.set([i], 0);
    expect(W.matmul(half).sum()).toBeNaN();
  });

  test("passes NaN and Infinity on, against zeros too", () => {
    const W = array([
      [Number.NaN, 1],
      [Number.POSITIVE_INFINITY, 1],
    ]);
    expect(W.matmul(array([0, 1])).toArray()).toEqual([Number.NaN, Number.NaN]);
    expect(
      array([[0, 1]])
        .matmul(W)
        .toArray(),
    ).toEqual([[Number.NaN, 1]]);
  });

  test("says which lengths differ", () => {
    expect(() => matrix().matmul(zeros([2]))).toThrow("matmul: [2, 3] · [2]: the inner lengths differ (3 against 2)");
    expect(() => matrix().matmul(zeros([2, 2, 2]))).toThrow(
      "matmul: expected vectors or matrices, received [2, 3] and [2, 2, 2]",
    );
    expect(() => array(1).matmul(matrix())).toThrow("matmul: expected vectors or matrices, received [] and [2, 3]");
    expect(() => matrix().matmul(zeros([3], { dtype: "float64" }))).toThrow("matmul: float32 and float64 do not mix");
    expect(() => matrix().matmul(untyped([1, 2, 3]))).toThrow(
      "matmul: expected an NdArray, received a plain list of 3",
    );
  });
});

describe("transpose", () => {
  test("exchanges rows and columns, in a copy, twice gives the same", () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.nat(4), fc.nat(4)).chain(([m, n]) => arrayOf([m, n])),
        (x) => {
          const transposed = expectPure(() => x.transpose());
          expect(transposed.shape).toEqual([...x.shape].reverse());
          expect(transposed.transpose().toArray()).toEqual(x.toArray());
        },
      ),
    );
    expect(matrix().transpose().toArray()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    const v = arange(3);
    expect(v.transpose().data.buffer).not.toBe(v.data.buffer);
    expect(() => zeros([1, 2, 3]).transpose()).toThrow("transpose: expected a matrix, received [1, 2, 3]");
  });
});

describe("reductions", () => {
  test("refuse an axis that is not there", () => {
    for (const axis of [2, -3, 0.5, Number.NaN]) {
      expect(() => matrix().sum({ axis })).toThrow(`sum: axis ${axis} does not exist in an array of 2 dimensions`);
    }
    expect(() => arange(3).mean({ axis: 1 })).toThrow("mean: axis 1 does not exist in an array of 1 dimension");
    expect(() => matrix().max(1 as never)).toThrow("max: axis undefined does not exist");
  });

  test("max and argmax refuse to reduce nothing; sum gives 0, mean NaN", () => {
    expect(() => zeros([0, 3]).max()).toThrow("max: nothing to reduce in an array of shape [0, 3]");
    expect(() => zeros([0, 3]).argmax({ axis: 0 })).toThrow("argmax: nothing to reduce in an array of shape [0, 3]");
    expect(zeros([0, 3]).max({ axis: 1 }).shape).toEqual([0]);
    expect([zeros([0]).sum(), zeros([0]).mean()]).toEqual([0, Number.NaN]);
  });

  test("of float32 are summed in double precision", () => {
    const many = ones([2 ** 24 + 10]);
    expect(many.sum()).toBe(2 ** 24 + 10);
  });
});

/** One row, a few, many; vectors and matrices; below and above what is worth looking for zeros. */
const sizesOfEveryWay = [
  [1, 1, 1],
  [1, 70, 1],
  [3, 70, 1],
  [9, 70, 1],
  [9, 63, 1],
  [1, 13, 7],
  [3, 6, 5],
  [4, 7, 5],
  [11, 70, 3],
  [3, 0, 2],
  [5, 0, 1],
] as const;

/** Two shapes that broadcast: one is the other's with axes stretched from 1, and perhaps without the first ones. */
const pairOfShapes = (): fc.Arbitrary<[number[], number[]]> =>
  shape({ max: 4, empty: true }).chain((whole) =>
    fc
      .tuple(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), fc.nat(whole.length))
      .map(([ones, dropped]): [number[], number[]] => [
        whole.map((n, axis) => (axis >= dropped && ones[axis] ? 1 : n)),
        whole.map((n, axis) => (ones[axis + 4] && !ones[axis] ? 1 : n)).slice(dropped),
      ]),
  );

const unravel = (i: number, size: readonly number[]): number[] =>
  size.map((n, axis) => Math.floor(i / size.slice(axis + 1).reduce((product, k) => product * k, 1)) % n);

/** The element of `x` that stands at `index` once x is stretched. */
const elementBroadcast = (x: NdArray, index: readonly number[]): number =>
  x.at(...x.shape.map((n, axis) => (n === 1 ? 0 : index[axis + index.length - x.ndim]!)));
