import { describe, expect, test } from "vitest";
import { arrayOf, shape } from "../../test/arbitrary-array.js";
import fc from "../../test/properties.js";
import { expectPure } from "../../test/purity.js";
import { arange, array, eye, ones, zeros } from "./creation.js";
import { exp } from "./math.js";
import { NdArray } from "./nd-array.js";
import { RandomGenerator } from "./random.js";
import { ShapeError } from "./shape.js";

const matrix = () =>
  array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
/** What untyped code could pass. */
const untyped = (value: unknown) => value as NdArray;

describe("making one", () => {
  test("wraps the data it is given, without a copy", () => {
    const data = Float32Array.of(1, 2, 3, 4);
    const x = new NdArray(data, [2, 2]);
    data[3] = 9;
    expect(x.at(1, 1)).toBe(9);
  });

  test("has data that every method of lists of numbers can be called on", () => {
    const { data } = new NdArray(new Float64Array([3, 1, 2]));
    expect(data.reduce((a, b) => a + b)).toBe(6);
    expect(data.reduce((largest, value) => Math.max(largest, value), 0)).toBe(3);
    expect(data.reduce((text, value) => text + String(value), "")).toBe("312");
    expect([...data.map((value) => 2 * value).filter((value) => value > 2)].sort()).toEqual([4, 6]);
  });

  test("keeps its shape when the caller's list changes", () => {
    const size = [2, 3];
    const x = zeros(size);
    size[0] = 5;
    expect(x.shape).toEqual([2, 3]);
    expect(x.reshape(size.fill(6, 0, 1).fill(1, 1)).shape).toEqual([6, 1]);
  });

  test("refuses a shape that does not hold the data, and data that are no floats", () => {
    expect(() => new NdArray(new Float32Array(5), [2, 3])).toThrow(
      "NdArray: shape [2, 3] holds 6 elements, the data has 5",
    );
    expect(() => new NdArray(new Float32Array(2), [-2])).toThrow(
      "a list of whole numbers ≥ 0, such as [10, 784], not [-2]",
    );
    expect(() => new NdArray(new Uint8Array(2) as never)).toThrow(
      "NdArray: data must be a Float32Array or a Float64Array, received a Uint8Array of 2",
    );
    expect(() => new NdArray([1, 2] as never)).toThrow("received a plain list of 2");
  });
});

test("a result has a shape list of its own", () => {
  const x = matrix();
  const vector = array([1, 2, 3]);
  const results = [
    [x, x.add(1)],
    [x, x.add(x)],
    [x, x.add(vector)],
    [vector, array(1).add(vector)],
    [x, exp(x)],
    [x, x.clone()],
    [x, x.astype("float64")],
    [x, x.rows(0)],
    [x, x.reshape([2, 3])],
    [x, x.max({ axis: 0, keepDims: true })],
    [vector, vector.transpose()],
    [vector, vector.matmul(eye(3))],
  ] as const;
  for (const [operand, result] of results) expect(result.shape).not.toBe(operand.shape);
});

describe("elements", () => {
  test("are read and written by one index an axis, negative ones from the end", () => {
    const x = matrix();
    expect([x.at(0, 2), x.at(-1, 0), x.at(-2, -3)]).toEqual([3, 4, 1]);
    x.set([-1, -1], 60);
    expect(x.data[5]).toBe(60);
    expect(array(7).at()).toBe(7);
  });

  test.each([[[2, 0]], [[0, 3]], [[-3, 0]], [[0, -4]], [[0]], [[0, 0, 0]], [[0.5, 0]], [[Number.NaN, 0]], [[]]])(
    "%j is refused in a [2, 3]",
    (indices) => {
      const message = `no element [${indices.join(", ")}] in an array of shape [2, 3]`;
      expect(() => matrix().at(...indices)).toThrow(`at: ${message}`);
      expect(() => matrix().set(indices, 1)).toThrow(`set: ${message}`);
    },
  );

  test("do not exist in an empty array", () => {
    expect(() => zeros([0, 3]).at(0, 0)).toThrow(ShapeError);
  });
});

describe("views", () => {
  test("row and rows share memory with their array", () => {
    const x = matrix();
    x.row(1).fill_(0);
    x.rows(0, 1).add_(10);
    expect(x.toArray()).toEqual([
      [11, 12, 13],
      [0, 0, 0],
    ]);
    expect(x.row(-1).shape).toEqual([3]);
    expect(x.rows(1).shape).toEqual([1, 3]);
    expect(x.rows(2).shape).toEqual([0, 3]);
  });

  test("reshape shares memory and deduces one length", () => {
    const x = matrix();
    x.reshape([-1]).set([0], 100);
    expect(x.at(0, 0)).toBe(100);
    expect(x.reshape([3, -1]).shape).toEqual([3, 2]);
    expect(x.reshape([1, -1, 6]).shape).toEqual([1, 1, 6]);
    expect(array(5).reshape([1, 1]).shape).toEqual([1, 1]);
  });

  test("reshape knows that nothing fits into nothing", () => {
    expect(zeros([0, 3]).reshape([-1]).shape).toEqual([0]);
    expect(zeros([0, 3]).reshape([5, 0]).shape).toEqual([5, 0]);
    expect(zeros([0]).reshape([-1, 3]).shape).toEqual([0, 3]);
  });

  test.each([[[4]], [[-1, -1]], [[4, -1]], [[]], [[0, -1]]])("reshape of six elements to %j is refused", (size) => {
    expect(() => matrix().reshape(size)).toThrow(
      `reshape: [2, 3] has 6 elements, [${size.join(", ")}] does not hold them`,
    );
  });

  test("reshape refuses what is no shape", () => {
    expect(() => matrix().reshape([-2, -3])).toThrow("reshape: a shape is a list of whole numbers");
    expect(() => matrix().reshape(6 as never)).toThrow("reshape: a shape is a list of whole numbers ≥ 0");
    expect(() => zeros([5]).reshape([2, -1])).toThrow("reshape: [5] has 5 elements, [2, -1] does not hold them");
  });

  test("row and rows refuse what is not there", () => {
    for (const index of [2, -3, 0.5, Number.NaN]) {
      expect(() => matrix().row(index)).toThrow(`row: row ${index} does not exist in an array of shape [2, 3]`);
    }
    expect(() => array(1).row(0)).toThrow("row 0 does not exist in an array of shape []");
    for (const [start, end] of [
      [0, 3],
      [2, 1],
      [-1, 2],
      [0.5, 1],
    ] as const) {
      expect(() => matrix().rows(start, end)).toThrow(`rows: rows ${start} to ${end} do not exist`);
    }
  });

  test("clone and astype share nothing", () => {
    const x = matrix();
    for (const copy of [expectPure(() => x.clone()), expectPure(() => x.astype("float32"))]) {
      copy.fill_(0);
      expect(copy.data.buffer).not.toBe(x.data.buffer);
    }
    expect(x.sum()).toBe(21);
    expect(x.row(1).clone().data.buffer.byteLength).toBe(12);
    expect(() => x.astype("int8" as never)).toThrow('dtype: expected "float32" or "float64", received "int8"');
  });
});

describe("updates in place", () => {
  test("keep the memory and give the array back", () => {
    const x = matrix();
    const { data } = x;
    expect(
      x
        .add_(1)
        .sub_(array([1, 1, 1]))
        .mul_(array([[1], [2]])),
    ).toBe(x);
    expect(x.data).toBe(data);
    expect(x.toArray()).toEqual([
      [1, 2, 3],
      [8, 10, 12],
    ]);
  });

  test("are right when the operand is a part of the target", () => {
    const whole = () =>
      array([
        [1, 2],
        [3, 4],
        [5, 6],
      ]);
    const x = whole();
    expect(x.sub_(x).toArray()).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    const W = whole();
    expect(W.sub_(W.row(0)).toArray()).toEqual([
      [0, 0],
      [2, 2],
      [4, 4],
    ]);
    const V = whole();
    expect(V.sub_(V.row(2)).toArray()).toEqual([
      [-4, -4],
      [-2, -2],
      [0, 0],
    ]);
    const U = whole();
    U.row(0).sub_(U.row(1));
    expect(U.toArray()).toEqual([
      [-2, -2],
      [3, 4],
      [5, 6],
    ]);
    const scalar = array([2, 3, 4]);
    expect(scalar.mul_(scalar.rows(0, 1)).toArray()).toEqual([4, 6, 8]);
  });

  test("are right when target and operand overlap, shifted either way", () => {
    const down = arange(5);
    down.rows(1, 5).add_(down.rows(0, 4));
    expect(down.toArray()).toEqual([0, 1, 3, 5, 7]);
    const up = arange(5);
    up.rows(0, 4).add_(up.rows(1, 5));
    expect(up.toArray()).toEqual([1, 3, 5, 7, 4]);
    const copied = arange(5);
    copied.rows(1, 5).copy_(copied.rows(0, 4));
    expect(copied.toArray()).toEqual([0, 0, 1, 2, 3]);
  });

  test("agree with the operations that copy, on random overlapping views", () => {
    const view = fc.tuple(fc.nat(5), fc.nat(5)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
    fc.assert(
      fc.property(
        arrayOf([6, 2]),
        view,
        view,
        fc.constantFrom("add", "sub", "mul" as const),
        (x, target, from, name) => {
          const [a, b] = [x.rows(...target), x.rows(...from)];
          fc.pre(b.shape[0] === 1 || a.shape[0] === b.shape[0]);
          const expected = a.clone()[name](b.clone());
          a[`${name}_` as "add_"](b);
          expect(a.toArray()).toEqual(expected.toArray());
        },
      ),
    );
  });

  test("addScaled_ gives the bits of add_ after mul, in both dtypes, broadcast, on parts of itself", () => {
    const random = new RandomGenerator(3);
    for (const dtype of ["float32", "float64"] as const) {
      for (const size of [[5, 7], [7], [5, 1], [1, 1], []]) {
        const [x, y] = [random.normal([5, 7], { dtype }), random.normal(size, { dtype })];
        const expected = x.clone().add_(y.mul(0.1));
        expect(x.addScaled_(y, 0.1)).toBe(x);
        expect(x).toEqual(expected);
      }
      const z = random.normal([5, 7], { dtype });
      const doubled = z.mul(2);
      const down = z.clone();
      down.rows(1, 5).add_(down.rows(0, 4).mul(-3));
      expect(z.clone().addScaled_(z, 1)).toEqual(doubled);
      expect(z.addScaled_(z, 1)).toEqual(doubled);
      const shifted = doubled.div(2);
      shifted.rows(1, 5).addScaled_(shifted.rows(0, 4), -3);
      expect(shifted).toEqual(down);
    }
  });

  test("addScaled_ says what does not fit", () => {
    expect(() => matrix().addScaled_(zeros([2]), 1)).toThrow("addScaled_: shapes [2, 3] and [2] do not broadcast");
    expect(() => zeros([3]).addScaled_(matrix(), 1)).toThrow("addScaled_: [2, 3] does not fit into [3]");
    expect(() => zeros([3]).addScaled_(zeros([3], { dtype: "float64" }), 1)).toThrow("addScaled_: float32 and float64");
    expect(() => zeros([3]).addScaled_(untyped(2), 1)).toThrow("addScaled_: expected an NdArray, received 2");
    expect(() => zeros([3]).addScaled_(zeros([3]), undefined as never)).toThrow(
      "addScaled_: expected a number as factor, received undefined",
    );
  });

  test("refuse an operand that is larger, of another dtype, or no array", () => {
    expect(() => matrix().row(0).sub_(matrix())).toThrow("sub_: [2, 3] does not fit into [3]");
    expect(() => zeros([1]).add_(zeros([4]))).toThrow("add_: [4] does not fit into [1]");
    expect(() => zeros([1]).add_(zeros([0]))).toThrow("add_: [0] does not fit into [1]");
    expect(() => matrix().mul_(ones([3], { dtype: "float64" }))).toThrow("mul_: float32 and float64 do not mix");
    expect(() => matrix().sub_(untyped(undefined))).toThrow(
      "sub_: expected a number or an NdArray, received undefined (a function without `return`?)",
    );
  });

  test("copy_ refuses another shape, another dtype and plain lists", () => {
    expect(() => matrix().copy_(zeros([3, 2]))).toThrow("copy_: expected shape [2, 3], received [3, 2]");
    expect(() => zeros([2]).copy_(zeros([2], { dtype: "float64" }))).toThrow("copy_: float32 and float64 do not mix");
    expect(() => zeros([2]).copy_(untyped([1, 2]))).toThrow("copy_: expected an NdArray, received a plain list of 2");
  });

  test("leave the array as it was when they refuse", () => {
    const x = matrix();
    expect(() => x.add_(zeros([2]))).toThrow(ShapeError);
    expect(x.toArray()).toEqual(matrix().toArray());
  });
});

test("toArray gives nested plain lists, a number for no dimension", () => {
  expect(matrix().toArray()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(array(3).toArray()).toBe(3);
  expect(zeros([2, 0]).toArray()).toEqual([[], []]);
  fc.assert(
    fc.property(
      shape({ min: 1 }).chain((size) => arrayOf(size)),
      (x) => {
        expect(array(x.toArray(), { dtype: "float64" })).toEqual(x);
      },
    ),
  );
});

test("a message stays short, whatever is passed", () => {
  const large = new Float32Array(100_000);
  const attempts = [
    () => zeros(large as never),
    () => zeros(Array.from(large, () => 0.5)),
    () => matrix().add(untyped(Array.from(large))),
    () => matrix().add(untyped("x".repeat(1e5))),
    () => zeros(matrix() as never),
  ];
  for (const attempt of attempts) {
    const message = messageOf(attempt);
    expect(message.length).toBeLessThan(160);
    expect(message).not.toContain("\n");
  }
});

function messageOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    return String(error);
  }
  throw new Error("nothing was thrown");
}
