import { describe, expect, test } from "vitest";
import { arrayOf, length } from "../../test/arbitrary-array.js";
import { expectClose, isClose } from "../../test/oracle/oracle.js";
import fc from "../../test/properties.js";
import { expectPure } from "../../test/purity.js";
import { array, ones, zeros } from "../nd/creation.js";
import { sum } from "../nd/math.js";
import type { NdArray } from "../nd/nd-array.js";
import { gradientCheck } from "./gradient-check.js";
import { backwardNll, backwardNllBatch, nll, nllBatch } from "./nll.js";

const vectorAndClass = (): fc.Arbitrary<[NdArray, number]> =>
  length().chain((k) => fc.tuple(arrayOf([k], { limit: 30 }), fc.nat(k - 1)));

const batchAndClasses = (): fc.Arbitrary<[NdArray, number[]]> =>
  fc
    .tuple(length(4), length())
    .chain(([n, k]) =>
      fc.tuple(arrayOf([n, k], { limit: 30 }), fc.array(fc.nat(k - 1), { minLength: n, maxLength: n })),
    );

describe("nll", () => {
  test("of n equal logits is ln n", () => {
    for (const n of [1, 2, 10]) expect(nll(zeros([n]), 0)).toBeCloseTo(Math.log(n), 14);
    expect(nll(array([7, 7, 7, 7]), 3)).toBeCloseTo(Math.log(4), 14);
  });

  test("is −log softmax(x)[gold], never negative", () => {
    fc.assert(
      fc.property(vectorAndClass(), ([x, gold]) => {
        const loss = expectPure(nll, x, gold);
        const total = Array.from(x.data, Math.exp).reduce((whole, part) => whole + part, 0);
        expect(isClose(loss, Math.log(total) - x.at(gold), 1e-13)).toBe(true);
        expect(loss).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("is right at extreme logits", () => {
    for (const dtype of ["float32", "float64"] as const) {
      expect(nll(array([1000, 0, 0], { dtype }), 1)).toBe(1000);
      expect(nll(array([1000, 0, 0], { dtype }), 0)).toBe(0);
      expect(nll(array([1e4, -1e4], { dtype }), 1)).toBe(20_000);
      expect(nll(array([-1e4, -1e4], { dtype }), 1)).toBeCloseTo(Math.LN2, 12);
    }
  });

  test("keeps the digits of a small loss beside large logits", () => {
    const x = array([1e4, 1e4 - 30], { dtype: "float64" });
    expect(nll(x, 0) / Math.log1p(Math.exp(-30))).toBeCloseTo(1, 2);
  });

  test("is NaN when a logit is", () => {
    expect(nll(array([0, Number.NaN]), 0)).toBeNaN();
  });
});

describe("backwardNll", () => {
  test("is g (softmax − onehot): known values", () => {
    expect(backwardNll(array([0, 0, 0, 0]), 2, 2).toArray()).toEqual([0.5, 0.5, -1.5, 0.5]);
    expect(backwardNll(array([1000, 0, 0]), 1, 1).toArray()).toEqual([1, -1, 0]);
    expect(backwardNll(array([1e4, -1e4]), 0, 1).toArray()).toEqual([0, 0]);
  });

  test("is what central differences give", () => {
    fc.assert(
      fc.property(vectorAndClass(), fc.nat(), ([x, gold], seed) => {
        expect(gradientCheck(nll, backwardNll, [x, gold], { seed })).toMatchObject({ ok: true });
      }),
    );
  });

  test("is linear in g, sums to zero, and changes nothing", () => {
    fc.assert(
      fc.property(vectorAndClass(), fc.double({ min: -5, max: 5, noNaN: true }), ([x, gold], g) => {
        const one = expectPure(backwardNll, x, gold, 1);
        expectClose(backwardNll(x, gold, g), one.mul(g), 1e-14, `g = ${g}`);
        expect(Math.abs(sum(one))).toBeLessThan(1e-12);
      }),
    );
  });
});

describe("a batch", () => {
  test("equals its rows, losses and gradients", () => {
    fc.assert(
      fc.property(batchAndClasses(), ([x, golds]) => {
        const g = ones([golds.length], { dtype: "float64" }).div(golds.length);
        const losses = expectPure(nllBatch, x, golds);
        const gradient = expectPure(backwardNllBatch, x, golds, g);
        golds.forEach((gold, i) => {
          expect(losses.at(i)).toBe(nll(x.row(i), gold));
          expectClose(gradient.row(i), backwardNll(x.row(i), gold, g.at(i)), 1e-15, `row ${i}`);
        });
      }),
    );
  });

  test("has the gradient that central differences give, with a g that differs by row", () => {
    fc.assert(
      fc.property(batchAndClasses(), fc.nat(), ([x, golds], seed) => {
        const forward = (logits: NdArray) => nllBatch(logits, golds);
        const backward = (logits: NdArray, g: NdArray) => backwardNllBatch(logits, golds, g);
        expect(gradientCheck(forward, backward, [x], { seed })).toMatchObject({ ok: true });
      }),
    );
  });

  test("may be empty, and takes labels from a Uint8Array", () => {
    expect(nllBatch(zeros([0, 3]), []).shape).toEqual([0]);
    expect(backwardNllBatch(zeros([0, 3]), [], zeros([0])).shape).toEqual([0, 3]);
    expect(nllBatch(array([[1000, 0]]), Uint8Array.of(1)).toArray()).toEqual([1000]);
  });
});

describe("says what does not fit", () => {
  test.each([3, -1, 0.5, Number.NaN, undefined, "1"])("the class %s of three", (gold) => {
    const message = "gold must be a class between 0 and 2, received ";
    expect(() => nll(zeros([3]), gold as number)).toThrow(`nll: ${message}`);
    expect(() => backwardNll(zeros([3]), gold as number, 1)).toThrow(`backwardNll: ${message}`);
    expect(() => nllBatch(zeros([1, 3]), [gold as number])).toThrow(`nllBatch: ${message}`);
  });

  test("logits of another form", () => {
    expect(() => nll(zeros([2, 3]), 0)).toThrow("nll: x must be a vector of logits [k], received [2, 3]");
    expect(() => nll(zeros([0]), 0)).toThrow("nll: x must be a vector of logits [k], received [0]");
    expect(() => backwardNll([1, 2] as never, 0, 1)).toThrow(
      "backwardNll: expected an NdArray, received a plain list of 2",
    );
    expect(() => nllBatch(zeros([3]), [0])).toThrow("nllBatch: x must be a batch of logits [n, k], received [3]");
    expect(() => nllBatch(zeros([2, 3]), [0])).toThrow("nllBatch: 2 rows of logits but 1 labels");
    expect(() => nllBatch(undefined as never, [0])).toThrow("nllBatch: expected an NdArray, received undefined");
  });

  test("a missing or misshapen g", () => {
    expect(() => backwardNll(zeros([3]), 0, undefined as never)).toThrow(
      "received undefined (a function without `return`?)",
    );
    expect(() => backwardNllBatch(zeros([2, 3]), [0, 1], zeros([2, 3]))).toThrow(
      "backwardNllBatch: g must have the shape [2], received [2, 3]",
    );
  });
});
