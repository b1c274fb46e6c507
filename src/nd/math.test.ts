import { describe, expect, test } from "vitest";
import { arrayOf, length, shape } from "../../test/arbitrary-array.js";
import fc from "../../test/properties.js";
import { expectPure } from "../../test/purity.js";
import { array, zeros } from "./creation.js";
import * as elementary from "./elementary.js";
import {
  abs,
  argmax,
  dot,
  exp,
  log,
  map,
  matmul,
  max,
  maximum,
  mean,
  outer,
  power,
  sqrt,
  sum,
  tanh,
  transpose,
} from "./math.js";
import { NdArray } from "./nd-array.js";

const elementwise = [
  { name: "exp", f: exp, at: elementary.exp },
  { name: "log", f: log, at: elementary.log },
  { name: "tanh", f: tanh, at: elementary.tanh },
  { name: "sqrt", f: sqrt, at: Math.sqrt },
  { name: "abs", f: abs, at: Math.abs },
  { name: "power", f: (x: NdArray) => power(x, 3), at: (value: number) => elementary.power(value, 3) },
];

describe("elementwise functions", () => {
  test.each(elementwise)("$name is the function of each element, in a new array", ({ f, at }) => {
    fc.assert(
      fc.property(
        shape({ empty: true }).chain((size) => arrayOf(size)),
        (x) => {
          const y = expectPure(f, x);
          expect([y.dtype, y.shape]).toEqual(["float64", x.shape]);
          expect([...y.data]).toEqual(Array.from(x.data, at));
        },
      ),
    );
  });

  test("at the edges", () => {
    expect(log(array([0, -1])).toArray()).toEqual([Number.NEGATIVE_INFINITY, Number.NaN]);
    expect(exp(array([89, -104])).toArray()).toEqual([Number.POSITIVE_INFINITY, 0]);
    expect(tanh(array([-1e4, 1e4])).toArray()).toEqual([-1, 1]);
  });

  test("map keeps the shape and rounds to the dtype", () => {
    expect(map(array([[1, 2]]), (value) => value / 3)).toEqual(array([[1 / 3, 2 / 3]]));
  });
});

describe("outer", () => {
  test("holds every product, on random lengths, 0 among them", () => {
    const sizes = fc.tuple(fc.nat(5), length());
    fc.assert(
      fc.property(
        sizes.chain(([m, n]) => fc.tuple(arrayOf([m]), arrayOf([n]))),
        ([a, b]) => {
          const products = expectPure(outer, a, b);
          expect(products.shape).toEqual([a.size, b.size]);
          expect(products.toArray()).toEqual(Array.from(a.data, (p) => Array.from(b.data, (q) => p * q)));
        },
      ),
    );
  });

  test("is the same to the bit where b is mostly zeros, with signed zeros and what is not finite", () => {
    const b = new NdArray(sparse(100));
    b.set([7], -0);
    for (const a of [array([1, -2, 0, -0, 3]), array([Number.NaN, Number.POSITIVE_INFINITY, 5])]) {
      const products = Array.from(a.data, (p) => Array.from(b.data, (q) => Math.fround(p * q)));
      expect(outer(a, b).toArray()).toEqual(products);
    }
  });

  test("refuses matrices and two dtypes", () => {
    expect(() => outer(zeros([2, 1]), zeros([3]))).toThrow("outer: expected two vectors, received [2, 1] and [3]");
    expect(() => outer(zeros([2]), zeros([3], { dtype: "float64" }))).toThrow("outer: float32 and float64 do not mix");
  });
});

/** Every fifth element is not 0. */
const sparse = (n: number): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => (i % 5 === 3 ? Math.sqrt(i) - 4 : 0));

test("dot is the sum of products, of one shape only", () => {
  expect(dot(array([1, 2, 3]), array([4, 5, 6]))).toBe(32);
  expect(dot(zeros([0]), zeros([0]))).toBe(0);
  expect(() => dot(array([1, 2]), array([1]))).toThrow("dot: the shapes differ: [2] and [1]");
  expect(() => dot(zeros([2, 2]), zeros([2]))).toThrow("dot: the shapes differ: [2, 2] and [2]");
});

test("functions and methods of one name agree", () => {
  const x = array([
    [3, -1, 2],
    [0, 5, 5],
  ]);
  expect(maximum(x, 1)).toEqual(x.maximum(1));
  expect(matmul(x, array([1, 2, 3]))).toEqual(x.matmul(array([1, 2, 3])));
  expect(transpose(x)).toEqual(x.transpose());
  expect([sum(x), mean(x), max(x), argmax(x)]).toEqual([14, 14 / 6, 5, 4]);
  for (const options of [{ axis: 0 }, { axis: -1, keepDims: true }]) {
    expect(sum(x, options)).toEqual(x.sum(options));
    expect(mean(x, options)).toEqual(x.mean(options));
    expect(max(x, options)).toEqual(x.max(options));
    expect(argmax(x, options)).toEqual(x.argmax(options));
  }
});

const taking = { exp, log, tanh, sqrt, abs, power, matmul, maximum, transpose, outer, dot, sum, mean, max, argmax };

test.each(Object.entries(taking))("%s says what it received instead of an array", (name, f) => {
  const call = (value: unknown) => () => (f as (...args: NdArray[]) => unknown)(value as NdArray, zeros([2]));
  expect(call([1, 2])).toThrow(`${name}: expected an NdArray, received a plain list of 2: wrap it with array(…)`);
  expect(call(undefined)).toThrow(`${name}: expected an NdArray, received undefined (a function without \`return\`?)`);
  expect(call("0")).toThrow(`${name}: expected an NdArray, received "0"`);
});
