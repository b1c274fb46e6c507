import { describe, expect, test } from "vitest";
import { arrayOf, length } from "../../test/arbitrary-array.js";
import { expectClose } from "../../test/oracle/oracle.js";
import fc from "../../test/properties.js";
import { expectPure } from "../../test/purity.js";
import { array, ones, stack, zeros } from "../nd/creation.js";
import type { NdArray } from "../nd/nd-array.js";
import { affineTransform, backwardAffineInput, backwardAffineTransform } from "./affine.js";
import { gradientCheck } from "./gradient-check.js";

const W = array([
  [1, 2, 3],
  [4, 5, 6],
]);
const b = array([10, 20]);
const x = array([1, 0, -1]);

test("is W x + b, for one example and for a batch", () => {
  expect(affineTransform(W, b, x).toArray()).toEqual([8, 18]);
  expect(affineTransform(W, b, stack([x, zeros([3])])).toArray()).toEqual([
    [8, 18],
    [10, 20],
  ]);
});

test("has the gradients g xᵀ and g", () => {
  const [gW, gb] = backwardAffineTransform(W, b, x, array([2, 3]));
  expect(gW.toArray()).toEqual([
    [2, 0, -2],
    [3, 0, -3],
  ]);
  expect(gb.toArray()).toEqual([2, 3]);
});

test("has the gradients that central differences give, on random sizes, one example and batches", () => {
  fc.assert(
    fc.property(parameters(), fc.nat(), ([weights, bias, input], seed) => {
      expect(gradientCheck(affineTransform, backwardAffineTransform, [weights, bias, input], { seed })).toMatchObject({
        ok: true,
      });
    }),
  );
});

test("has the gradient Wᵀ g with respect to x", () => {
  expect(backwardAffineInput(W, array([2, 3])).toArray()).toEqual([14, 19, 24]);
  expect(backwardAffineInput(W, stack([array([2, 3]), array([0, -1])])).toArray()).toEqual([
    [14, 19, 24],
    [-4, -5, -6],
  ]);
  expect(backwardAffineInput(W, zeros([0, 2])).shape).toEqual([0, 3]);
});

test("has the gradient with respect to x that central differences give, one example and batches", () => {
  fc.assert(
    fc.property(parameters(), fc.nat(), ([weights, bias, input], seed) => {
      const forward = (x: NdArray) => affineTransform(weights, bias, x);
      const backward = (_: NdArray, g: NdArray) => expectPure(backwardAffineInput, weights, g);
      expect(gradientCheck(forward, backward, [input], { seed })).toMatchObject({ ok: true });
    }),
  );
});

test("has gradients linear in g", () => {
  const [g, h] = [array([1, -2]), array([0.5, 3])];
  const sum = backwardAffineTransform(W, b, x, g.mul(2).add(h));
  const [first, second] = [backwardAffineTransform(W, b, x, g), backwardAffineTransform(W, b, x, h)];
  for (const i of [0, 1] as const) expectClose(sum[i], first[i].mul(2).add(second[i]), 1e-6, `gradient ${i}`);
});

test("treats the rows of a batch as so many examples, and sums their gradients", () => {
  fc.assert(
    fc.property(parameters(), ([weights, bias, batch]) => {
      fc.pre(batch.ndim === 2);
      const scores = affineTransform(weights, bias, batch);
      let [gW, gb] = [zeros(weights.shape, float64), zeros(bias.shape, float64)];
      for (let i = 0; i < batch.shape[0]!; i++) {
        expectClose(scores.row(i), affineTransform(weights, bias, batch.row(i)), 1e-12, `row ${i}`);
        const [one, other] = backwardAffineTransform(weights, bias, batch.row(i), scores.row(i));
        [gW, gb] = [gW.add(one), gb.add(other)];
      }
      const received = backwardAffineTransform(weights, bias, batch, scores);
      expectClose(received[0], gW, 1e-11, "gW");
      expectClose(received[1], gb, 1e-11, "gb");
    }),
  );
});

test("gives no scores and zero gradients for an empty batch", () => {
  const none = zeros([0, 3]);
  expect(affineTransform(W, b, none).shape).toEqual([0, 2]);
  const [gW, gb] = backwardAffineTransform(W, b, none, zeros([0, 2]));
  expect(gW).toEqual(zeros([2, 3]));
  expect(gb).toEqual(zeros([2]));
});

test("changes and aliases nothing: gb is a copy of g", () => {
  expectPure(affineTransform, W, b, x);
  const g = array([2, 3]);
  const [, gb] = expectPure(backwardAffineTransform, W, b, x, g);
  gb.fill_(0);
  expect(g.toArray()).toEqual([2, 3]);
  expectPure(backwardAffineTransform, W, b, ones([1, 3]), ones([1, 2]));
});

describe("says what does not fit", () => {
  test.each([
    { args: [W, b, zeros([4])], message: "x has 4 features but W expects 3 (x is [4], W is [2, 3])" },
    { args: [W, b, zeros([5, 4])], message: "x has 4 features but W expects 3 (x is [5, 4], W is [2, 3])" },
    { args: [W, b, zeros([8, 28, 28])], message: "received [8, 28, 28]: flatten the images first" },
    { args: [W, b, array(1)], message: "x must be one example [in] or a batch [n, in], received []" },
    { args: [zeros([3]), b, x], message: "W must be a matrix [out, in], received [3]" },
    { args: [W, zeros([3]), x], message: "b must have one element for each row of W (expected [2], received [3])" },
    { args: [W, zeros([2, 1]), x], message: "(expected [2], received [2, 1])" },
    { args: [W, b, x.astype("float64")], message: "float32 and float64 do not mix" },
    { args: [W, b, [1, 2, 3]], message: "expected an NdArray, received a plain list of 3: wrap it with array(…)" },
    { args: [undefined, b, x], message: "expected an NdArray, received undefined" },
  ])("$message", ({ args, message }) => {
    const [weights, bias, input] = args as [NdArray, NdArray, NdArray];
    expect(() => affineTransform(weights, bias, input)).toThrow(message);
    expect(() => affineTransform(weights, bias, input)).toThrow(/^affineTransform: /);
    expect(() => backwardAffineTransform(weights, bias, input, b)).toThrow(/^backwardAffineTransform: /);
  });

  test.each([
    { input: x, g: zeros([3]), message: "g must have the shape of W x + b (expected [2], received [3])" },
    { input: ones([4, 3]), g: b, message: "g must have the shape of W x + b (expected [4, 2], received [2])" },
    { input: x, g: zeros([2], { dtype: "float64" }), message: "float32 and float64 do not mix" },
    { input: x, g: undefined as never, message: "expected an NdArray, received undefined" },
  ])("of g: $message", ({ input, g, message }) => {
    expect(() => backwardAffineTransform(W, b, input, g)).toThrow(`backwardAffineTransform: ${message}`);
  });
});

describe("backwardAffineInput says what does not fit", () => {
  test.each([
    { args: [W, zeros([3])], message: "g must have the shape of W x + b (expected [2] or [n, 2], received [3])" },
    { args: [W, zeros([2, 3])], message: "(expected [2] or [n, 2], received [2, 3])" },
    { args: [W, zeros([1, 4, 2])], message: "(expected [2] or [n, 2], received [1, 4, 2])" },
    { args: [W, array(1)], message: "(expected [2] or [n, 2], received [])" },
    { args: [zeros([3]), b], message: "W must be a matrix [out, in], received [3]" },
    { args: [W, zeros([2], { dtype: "float64" })], message: "float32 and float64 do not mix" },
    { args: [W, undefined], message: "expected an NdArray, received undefined" },
    { args: [[1], b], message: "expected an NdArray, received a plain list of 1" },
  ])("$message", ({ args, message }) => {
    const [weights, g] = args as [NdArray, NdArray];
    expect(() => backwardAffineInput(weights, g)).toThrow(/^backwardAffineInput: /);
    expect(() => backwardAffineInput(weights, g)).toThrow(message);
  });
});

const float64 = { dtype: "float64" } as const;

const parameters = (): fc.Arbitrary<[NdArray, NdArray, NdArray]> =>
  fc
    .tuple(length(), length(), fc.option(length(4)))
    .chain(([out, dim, n]) => fc.tuple(arrayOf([out, dim]), arrayOf([out]), arrayOf(n === null ? [dim] : [n, dim])));
