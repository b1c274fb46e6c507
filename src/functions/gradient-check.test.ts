import { describe, expect, test } from "vitest";
import { arrayOf, length } from "../../test/arbitrary-array.js";
import fc from "../../test/properties.js";
import { array, ones, zeros } from "../nd/creation.js";
import { exp, map, outer, sum, tanh } from "../nd/math.js";
import type { NdArray } from "../nd/nd-array.js";
import { backwardTanh } from "./activations.js";
import { affineTransform, backwardAffineTransform } from "./affine.js";
import { gradientCheck } from "./gradient-check.js";
import { backwardNll, nll } from "./nll.js";
import { backwardSoftmax, softmax } from "./softmax.js";

const x = array([0.5, -1, 2]);
const W = array([
  [1, 2, 3],
  [4, 5, 6],
]);
const b = array([1, -1]);

describe("a right gradient passes", () => {
  test("of functions to arrays and to numbers, with labels passed on", () => {
    expect(gradientCheck(tanh, backwardTanh, [x]).ok).toBe(true);
    expect(gradientCheck(nll, backwardNll, [x, 2]).ok).toBe(true);
    expect(
      gradientCheck(
        (v: NdArray) => sum(v.mul(v)),
        (v, g) => v.mul(2 * g),
        [x],
      ).ok,
    ).toBe(true);
  });

  test("and says how large the error was", () => {
    const result = gradientCheck(tanh, backwardTanh, [x]);
    expect(String(result)).toMatch(/^gradient right: largest error \d\.\de-\d+$/);
    expect(result.error).toBeLessThan(1e-9);
  });

  test("with float32 inputs too, which stay as they are: all runs in float64", () => {
    const before = [...x.data];
    const forward = (v: NdArray) => {
      expect(v.dtype).toBe("float64");
      return v.mul(ones([3])); // an array made on the way
    };
    expect(gradientCheck(forward, (_, g) => g, [x]).ok).toBe(true);
    expect([x.dtype, ...x.data]).toEqual(["float32", ...before]);
    expect(zeros([1]).dtype).toBe("float32");
  });
});

describe("a wrong gradient is caught:", () => {
  const scores = (v: NdArray, g: NdArray): NdArray => v.mul(g);
  test.each<{ mistake: string; backward: (v: NdArray, g: NdArray) => NdArray }>([
    { mistake: "the sign", backward: (v, g) => backwardTanh(v, g).neg() },
    { mistake: "a missing factor", backward: (v, g) => backwardTanh(v, g).mul(0.5) },
    { mistake: "g ignored", backward: (v) => backwardTanh(v, ones(v.shape)) },
    { mistake: "g handed on", backward: (_, g) => g.clone() },
    { mistake: "zeros", backward: (v) => zeros(v.shape) },
    { mistake: "NaN", backward: (v) => zeros(v.shape).fill_(Number.NaN) },
    { mistake: "Infinity", backward: (v) => zeros(v.shape).fill_(Number.POSITIVE_INFINITY) },
    { mistake: "tanh taken twice", backward: (v, g) => backwardTanh(tanh(v), g) },
    { mistake: "the gradient of another function", backward: scores },
    { mistake: "one element only", backward: (v, g) => backwardTanh(v, g).add(array([0, 0, 1e-4])) },
  ])("$mistake", ({ backward }) => {
    const result = gradientCheck(tanh, backward, [x]);
    expect(result.ok).toBe(false);
    expect(String(result)).toMatch(
      /^gradient wrong at element \[\d\] of gradient number 1: backward gives .*, central differences /,
    );
  });

  test("the place of the error is named", () => {
    const backward = (v: NdArray, g: NdArray) => backwardTanh(v, g).add(array([0, 7, 0]));
    expect(gradientCheck(tanh, backward, [x]).worst).toMatchObject({ input: 0, index: [1] });
    for (const place of [0, 1, 2]) {
      const oneNaN = (v: NdArray, g: NdArray) => {
        const gx = backwardTanh(v, g);
        gx.set([place], Number.NaN);
        return gx;
      };
      const worst = { input: 0, index: [place], backward: Number.NaN };
      expect(gradientCheck(tanh, oneNaN, [x])).toMatchObject({ ok: false, error: Number.POSITIVE_INFINITY, worst });
    }
    const wrongBias = (...[w, c, v, g]: [NdArray, NdArray, NdArray, NdArray]): NdArray[] => {
      const [gW, gb] = backwardAffineTransform(w, c, v, g);
      return [gW, gb.mul(2)];
    };
    expect(gradientCheck(affineTransform, wrongBias, [W, b, x]).worst.input).toBe(1);
  });

  test("the Jacobian of softmax taken as diagonal, and softmax handing g on", () => {
    const diagonal = (v: NdArray, g: NdArray) => g.mul(softmax(v)).mul(softmax(v).neg().add(1));
    expect(gradientCheck(softmax, diagonal, [x]).ok).toBe(false);
    expect(gradientCheck(softmax, (_, g) => g.clone(), [x]).ok).toBe(false);
    expect(gradientCheck(softmax, backwardSoftmax, [x]).ok).toBe(true);
  });

  test("a batch gradient that is divided by the batch", () => {
    const averaged = (...[w, c, v, g]: [NdArray, NdArray, NdArray, NdArray]): NdArray[] =>
      backwardAffineTransform(w, c, v, g).map((gradient) => gradient.div(v.shape[0]!));
    expect(gradientCheck(affineTransform, averaged, [W, b, ones([4, 3])]).ok).toBe(false);
  });

  test("a wrong factor on random inputs, whatever it is", () => {
    const factor = fc.double({ min: -3, max: 3, noNaN: true }).filter((value) => Math.abs(value - 1) > 1e-3);
    fc.assert(
      fc.property(
        length().chain((n) => arrayOf([n])),
        factor,
        (v, wrong) => {
          expect(gradientCheck(exp, (u, g) => g.mul(exp(u)).mul(wrong), [v]).ok).toBe(false);
        },
      ),
    );
  });
});

describe("what is no gradient is an error", () => {
  const checkReturn = (returned: unknown) => () => gradientCheck(affineTransform, () => returned as NdArray, [W, b, x]);

  test.each([
    {
      returned: undefined,
      message: "gradient number 1: expected an NdArray, received undefined (a function without `return`?)",
    },
    { returned: null, message: "gradient number 1: expected an NdArray, received null" },
    { returned: 3, message: "gradient number 1: expected an NdArray, received 3" },
    { returned: [], message: "backward returned no gradient" },
    { returned: [W, [1, -1]], message: "gradient number 2: expected an NdArray, received a plain list of 2" },
    {
      returned: W.transpose(),
      message: "gradient number 1 must have the shape of its input (expected [2, 3], received [3, 2])",
    },
    {
      returned: outer(x, b),
      message: "gradient number 1 must have the shape of its input (expected [2, 3], received [3, 2])",
    },
    { returned: [W, b, x, x], message: "gradient number 4 has no array among the inputs: backward returned too many" },
  ])("$message", ({ returned, message }) => {
    expect(checkReturn(returned)).toThrow(`gradientCheck: ${message}`);
  });

  test("a forward without return", () => {
    const forward = (() => undefined) as unknown as (v: NdArray) => NdArray;
    expect(() => gradientCheck(forward, backwardTanh, [x])).toThrow(
      "gradientCheck: forward must give an array or a number, received undefined",
    );
  });

  test("a function that writes to its arguments", () => {
    const inPlace = (v: NdArray) => v.mul_(2);
    expect(() => gradientCheck(inPlace, (_, g) => g.mul(2), [x])).toThrow(
      "gradientCheck: forward changes its argument number 1: work on a copy (clone)",
    );
    expect(() => gradientCheck(tanh, (v, g) => v.mul_(0).add(g), [x])).toThrow(
      "backward changes its argument number 1",
    );
  });
});

test("a backward that scales g in place is judged by the gradient it gives", () => {
  const inPlace = (v: NdArray, g: NdArray) => g.mul_(map(v, (value) => 1 - Math.tanh(value) ** 2));
  expect(gradientCheck(tanh, inPlace, [x]).ok).toBe(true);
});

test("an error in the checked function puts the default dtype back", () => {
  const fails = (_: NdArray): NdArray => {
    throw new Error("À compléter");
  };
  expect(() => gradientCheck(fails, backwardTanh, [x])).toThrow("À compléter");
  expect(zeros([1]).dtype).toBe("float32");
});
