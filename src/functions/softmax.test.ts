import { expect, test } from "vitest";
import { arrayOf, length, vectorOrBatch } from "../../test/arbitrary-array.js";
import { expectClose } from "../../test/oracle/oracle.js";
import fc from "../../test/properties.js";
import { expectPure } from "../../test/purity.js";
import { array, zeros } from "../nd/creation.js";
import { sum } from "../nd/math.js";
import { gradientCheck } from "./gradient-check.js";
import { backwardSoftmax, softmax } from "./softmax.js";

const logits = () => length().chain(vectorOrBatch);

test("gives known probabilities", () => {
  const quarters = array([0.25, 0.75], { dtype: "float64" });
  expectClose(softmax(array([0, Math.log(3)], { dtype: "float64" })), quarters, 1e-15, "softmax");
  expect(softmax(array([5])).toArray()).toEqual([1]);
});

test("gives rows that are positive and sum to 1", () => {
  fc.assert(
    fc.property(logits(), (x) => {
      const s = expectPure(softmax, x);
      expect(s.shape).toEqual(x.shape);
      expect(s.data.every((value) => value > 0)).toBe(true);
      const sums = sum(s, { axis: -1 });
      expect(sums.data.every((value) => Math.abs(value - 1) < 1e-12)).toBe(true);
    }),
  );
});

test("is unchanged when a constant is added", () => {
  fc.assert(
    fc.property(logits(), fc.double({ min: -1000, max: 1000, noNaN: true }), (x, c) =>
      expectClose(softmax(x.add(c)), softmax(x), 1e-11, `constant ${c}`),
    ),
  );
});

test("is right at logits of ±1e4, in both dtypes", () => {
  for (const dtype of ["float32", "float64"] as const) {
    expect(softmax(array([1e4, 1e4, -1e4], { dtype })).toArray()).toEqual([0.5, 0.5, 0]);
    expect(softmax(array([-1e4, -1e4], { dtype })).toArray()).toEqual([0.5, 0.5]);
    expect(
      softmax(
        array(
          [
            [1e4, 0],
            [0, -1e4],
            [0, 1e4],
          ],
          { dtype },
        ),
      ).toArray(),
    ).toEqual([
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
  }
});

test("shifts each row of a batch by its own maximum, and equals its rows", () => {
  const batch = array([
    [1e4, 9999],
    [-1e4, -9999],
    [0, 1],
  ]);
  const together = softmax(batch);
  for (let i = 0; i < 3; i++) expect(softmax(batch.row(i)).toArray()).toEqual(together.row(i).toArray());
  expect(softmax(zeros([0, 4])).shape).toEqual([0, 4]);
});

test("has the gradient that central differences give, for a general g", () => {
  fc.assert(
    fc.property(logits(), fc.nat(), (x, seed) => {
      expect(gradientCheck(softmax, backwardSoftmax, [x], { seed })).toMatchObject({ ok: true });
    }),
  );
});

test("has a gradient whose rows sum to zero, linear in g, and pure", () => {
  fc.assert(
    fc.property(
      fc.tuple(length(), length()).chain(([n, k]) => fc.tuple(arrayOf([n, k]), arrayOf([n, k]), arrayOf([n, k]))),
      ([x, g, h]) => {
        const gx = expectPure(backwardSoftmax, x, g);
        expectClose(sum(gx, { axis: -1 }), zeros([x.shape[0]!], { dtype: "float64" }), 1e-12, "sum");
        expectClose(backwardSoftmax(x, g.mul(3).add(h)), gx.mul(3).add(backwardSoftmax(x, h)), 1e-12, "3 g + h");
      },
    ),
  );
});

test("says when there is no logit, or g does not fit", () => {
  expect(() => softmax(zeros([0]))).toThrow("nothing to reduce in an array of shape [0]");
  expect(() => softmax(array(1))).toThrow("axis -1 does not exist in an array of 0 dimensions");
  expect(() => softmax([1, 2] as never)).toThrow(
    "expected an NdArray, received a plain list of 2: wrap it with array(…)",
  );
  expect(() => backwardSoftmax(zeros([3]), zeros([2]))).toThrow(
    "backwardSoftmax: g must have the shape [3], received [2]",
  );
  expect(() => backwardSoftmax(zeros([3]), zeros([3], { dtype: "float64" }))).toThrow(
    "backwardSoftmax: float32 and float64",
  );
});
