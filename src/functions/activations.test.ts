import { describe, expect, test } from "vitest";
import { arrayOf, shape } from "../../test/arbitrary-array.js";
import fc from "../../test/properties.js";
import { expectPure } from "../../test/purity.js";
import { Tensor } from "../autograd/tensor.js";
import { array, zeros } from "../nd/creation.js";
import type { NdArray } from "../nd/nd-array.js";
import { backwardRelu, backwardSigmoid, backwardTanh, relu, sigmoid, tanh } from "./activations.js";
import { gradientCheck } from "./gradient-check.js";

const twins = [
  { name: "relu", f: relu, backward: backwardRelu, at: (x: number) => Math.max(x, 0) },
  { name: "tanh", f: tanh, backward: backwardTanh, at: Math.tanh },
  {
    name: "sigmoid",
    f: sigmoid,
    backward: backwardSigmoid,
    at: (x: number) => 1 / (1 + Math.exp(-x)),
  },
];

describe.each(twins)("$name", ({ name, f, backward, at }) => {
  const backwardName = `backward${name[0]!.toUpperCase()}${name.slice(1)}`;

  test("is the function of the textbook on each element, any shape", () => {
    fc.assert(
      fc.property(
        shape({ empty: true }).chain((size) => arrayOf(size, { limit: 30 })),
        (x) => {
          const y = expectPure(f, x);
          expect(y.shape).toEqual(x.shape);
          for (const [i, value] of y.data.entries()) expect(value).toBeCloseTo(at(x.data[i]!), 14);
        },
      ),
    );
  });

  test("has the gradient that central differences give", () => {
    fc.assert(
      fc.property(
        shape().chain((size) => arrayOf(size)),
        fc.nat(),
        (x, seed) => {
          fc.pre(x.data.every((value) => Math.abs(value) > 1e-4)); // relu has no derivative at 0
          expect(gradientCheck(f, backward, [x], { seed })).toMatchObject({ ok: true });
        },
      ),
    );
  });

  test("has a gradient linear in g", () => {
    const x = array([-2, -0.1, 0.3, 4]);
    const [g, h] = [array([1, 2, 3, 4]), array([0, -1, 5, 0.5])];
    const both = backward(x, g.mul(2).add(h));
    expect(distance(both, backward(x, g).mul(2).add(backward(x, h)))).toBeLessThan(1e-6);
    expect(backward(x, zeros([4])).data.every((value) => value === 0)).toBe(true);
  });

  test("changes and aliases neither x nor g", () => {
    expectPure(backward, array([1, -1, 0]), array([3, 4, 5]));
    expectPure(backward, array([1, 2, 3]), array([1, 1, 1]));
  });

  test("stays finite where the exponential overflows, and passes NaN on", () => {
    for (const dtype of ["float32", "float64"] as const) {
      const x = array([-1e4, -800, 800, 1e4, 1e30, -1e30], { dtype });
      expect(f(x).data.every(Number.isFinite)).toBe(true);
      expect(backward(x, x).data.every((value) => !Number.isNaN(value))).toBe(true);
    }
    expect(f(array([Number.NaN])).at(0)).toBeNaN();
  });

  test("says when g does not fit x, or is no array", () => {
    const x = zeros([2, 3]);
    expect(() => backward(x, zeros([3]))).toThrow(`${backwardName}: g must have the shape [2, 3], received [3]`);
    expect(() => backward(x, zeros([2, 3], { dtype: "float64" }))).toThrow(
      `${backwardName}: float32 and float64 do not mix`,
    );
    expect(() => backward(x, 1 as never)).toThrow(`${backwardName}: expected an NdArray, received 1`);
    expect(() => backward(undefined as never, x)).toThrow(`${backwardName}: expected an NdArray, received undefined`);
    expect(() => f([1] as never)).toThrow(`${name}: expected an NdArray, received a plain list`);
  });
});

test.each([
  { name: "relu", f: relu },
  { name: "sigmoid", f: sigmoid },
])("$name of a tensor names the operation of the graph", ({ name, f }) => {
  expect(() => f(new Tensor([1, 2]) as never)).toThrow(
    `${name}: expected an NdArray, received a Tensor [2]: use ops.${name} to keep its graph, or give its data`,
  );
});

test("the derivative of relu at 0 is 0, on either side of it 0 and g", () => {
  expect(backwardRelu(array([0, -0, -1, 2]), array([5, 6, 7, 8])).toArray()).toEqual([0, 0, 0, 8]);
});

test("a gradient that is not finite does not leak through a closed relu", () => {
  expect(backwardRelu(array([-1, 1]), array([Number.NaN, 2])).toArray()).toEqual([0, 2]);
});

test("sigmoid(x) + sigmoid(−x) = 1, to the last digit far out", () => {
  expect(sigmoid(array([0])).at(0)).toBe(0.5);
  expect(sigmoid(array([-100], { dtype: "float64" })).at(0)).toBeCloseTo(Math.exp(-100), 50);
});

const distance = (a: NdArray, b: NdArray): number => Math.max(...a.sub(b).data.map(Math.abs));
