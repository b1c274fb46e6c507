import { describe, expect, test } from "vitest";
import { arange, array, eye, full, ones, stack, zeros, zerosLike } from "./creation.js";
import { withDefaultDType } from "./dtype.js";
import { ShapeError } from "./shape.js";

describe("array", () => {
  test("takes nested lists of any depth, and one number", () => {
    expect(
      array([
        [[1], [2]],
        [[3], [4]],
      ]).shape,
    ).toEqual([2, 2, 1]);
    expect([array(5).shape, array([]).shape, array([[], []]).shape]).toEqual([[], [0], [2, 0]]);
    expect([
      ...array([
        [1, 2],
        [3, Number.NaN],
      ]).data,
    ]).toEqual([1, 2, 3, Number.NaN]);
  });

  test("copies typed arrays, array-likes and NdArrays", () => {
    const data = Float32Array.of(1, 2);
    const x = array(data);
    data[0] = 9;
    expect(x.toArray()).toEqual([1, 2]);
    expect(array({ length: 2, 0: 3, 1: 4 }).toArray()).toEqual([3, 4]);
    expect(array(Uint8Array.of(255, 0)).toArray()).toEqual([255, 0]);
    const copy = array(x);
    copy.fill_(7);
    expect(x.toArray()).toEqual([1, 2]);
  });

  test("is float32 unless asked otherwise; an NdArray keeps its dtype", () => {
    expect(array([0.1]).dtype).toBe("float32");
    expect(array(Float64Array.of(0.1)).dtype).toBe("float32");
    const precise = array([0.1], { dtype: "float64" });
    expect([precise.dtype, precise.at(0)]).toEqual(["float64", 0.1]);
    expect(array(precise).dtype).toBe("float64");
    expect(array(precise, { dtype: "float32" }).dtype).toBe("float32");
  });

  test.each([
    { values: [[1, 2], [3]], message: "array: ragged lists: expected 2 items at depth 1, received a list of 1" },
    { values: [[1], 2], message: "array: ragged lists: expected 1 items at depth 1, received 2" },
    { values: [1, [2]], message: "array: expected a number, received a list of 1" },
    { values: [1, "2"], message: 'array: expected a number, received "2"' },
    { values: [1, undefined], message: "array: expected a number, received undefined" },
    { values: [null], message: "array: expected a number, received null" },
    { values: undefined, message: "array: expected a number, received undefined (a function without `return`?)" },
    { values: [zeros([3]), zeros([3])], message: "array: expected a number, received an NdArray [3]: see stack" },
    { values: [new Float32Array(3)], message: "array: expected a number, received a Float32Array of 3" },
    { values: () => 1, message: "array: expected a number, received the function values: call it" },
  ])("refuses $values", ({ values, message }) => {
    expect(() => array(values as never)).toThrow(message);
    expect(() => array(values as never)).toThrow(ShapeError);
  });
});

describe("filled arrays", () => {
  test("zeros, ones, full and eye", () => {
    expect(zeros([2, 2]).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(ones([3]).toArray()).toEqual([1, 1, 1]);
    expect(full([], 7).toArray()).toBe(7);
    expect(eye(2).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(eye(0).shape).toEqual([0, 0]);
    expect(zeros([3, 0]).size).toBe(0);
  });

  test("zerosLike has the shape and dtype of its model, and leaves it alone", () => {
    const x = ones([2, 1], { dtype: "float64" });
    expect(zerosLike(x)).toEqual(zeros([2, 1], { dtype: "float64" }));
    expect(x.sum()).toBe(2);
  });

  test.each([
    { name: "zeros", make: () => zeros([-1]), came: "[-1]" },
    { name: "ones", make: () => ones([2.5]), came: "[2.5]" },
    { name: "full", make: () => full([Number.NaN], 1), came: "[NaN]" },
    { name: "eye", make: () => eye(-2), came: "[-2, -2]" },
    { name: "zeros", make: () => zeros(10 as never), came: "10" },
    { name: "zeros", make: () => zeros(undefined as never), came: "undefined" },
  ])("$name refuses the shape $came", ({ name, make, came }) => {
    expect(make).toThrow(`${name}: a shape is a list of whole numbers ≥ 0, such as [10, 784], not ${came}`);
  });

  test("a dtype that does not exist is refused", () => {
    expect(() => zeros([1], { dtype: "int32" as never })).toThrow(
      'dtype: expected "float32" or "float64", received "int32"',
    );
  });
});

describe("arange", () => {
  test("counts as NumPy does", () => {
    expect(arange(3).toArray()).toEqual([0, 1, 2]);
    expect(arange(2, 5).toArray()).toEqual([2, 3, 4]);
    expect(arange(5, 0, { step: -2 }).toArray()).toEqual([5, 3, 1]);
    expect(arange(0, 1, { step: 0.25 }).toArray()).toEqual([0, 0.25, 0.5, 0.75]);
    expect([arange(0).size, arange(5, 2).size, arange(-3).size]).toEqual([0, 0, 0]);
  });

  test.each([
    [0, 1, 0],
    [0, Number.POSITIVE_INFINITY, 1],
    [Number.NaN, 1, 1],
  ])("refuses %s to %s by %s", (from, to, step) => {
    expect(() => arange(from, to, { step })).toThrow(`arange: no finite count from ${from} to ${to} by ${step}`);
  });
});

describe("stack", () => {
  test("copies arrays of one shape into rows", () => {
    const parts = [array([1, 2]), array([3, 4])];
    const x = stack(parts);
    expect(x.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    x.fill_(0);
    expect(parts[0]!.toArray()).toEqual([1, 2]);
  });

  test("refuses nothing, two shapes, two dtypes and plain lists", () => {
    expect(() => stack([])).toThrow("stack: expected at least one array");
    expect(() => stack([zeros([2]), zeros([3])])).toThrow("expected shape [2], received [3]");
    expect(() => stack([zeros([2]), zeros([2], { dtype: "float64" })])).toThrow("float32 and float64 do not mix");
    expect(() => stack([[1, 2] as never])).toThrow("stack: expected an NdArray, received a plain list of 2");
  });
});

describe("withDefaultDType", () => {
  test("changes the dtype of new arrays during the call, and puts it back after an error too", () => {
    expect(withDefaultDType("float64", () => zeros([1]).dtype)).toBe("float64");
    expect(() =>
      withDefaultDType("float64", () => {
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(zeros([1]).dtype).toBe("float32");
  });
});
