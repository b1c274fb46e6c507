import { describe, expect, test } from "vitest";
import { Tensor } from "../autograd/tensor.js";
import { array, zeros } from "../nd/creation.js";
import { withDefaultDType } from "../nd/dtype.js";
import { RandomGenerator } from "../nd/random.js";
import { ShapeError } from "../nd/shape.js";
import { constantInit, glorotInit, kaimingInit } from "./init.js";
import { Linear } from "./linear.js";

const random = () => new RandomGenerator(4);

describe("Linear", () => {
  test("is W x + b, for one example and for a batch", () => {
    const layer = new Linear(2, 3, { init: "zero" });
    layer.W.data.copy_(
      array([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    layer.b.data.copy_(array([10, 20, 30]));
    expect(layer.forward(new Tensor([1, -1])).data.toArray()).toEqual([9, 19, 29]);
    const batch = layer.forward(
      new Tensor([
        [1, -1],
        [0, 0],
      ]),
    );
    expect(batch.data.toArray()).toEqual([
      [9, 19, 29],
      [10, 20, 30],
    ]);
  });

  test("starts with Glorot's weights and a bias of 0", () => {
    const layer = new Linear(7, 5, { random: random() });
    const expected = zeros([5, 7]);
    glorotInit(expected, random());
    expect(layer.W.data).toEqual(expected);
    expect(layer.b.data).toEqual(zeros([5]));
  });

  test("starts as `init` says", () => {
    const weights = zeros([5, 7]);
    kaimingInit(weights, random());
    expect(new Linear(7, 5, { random: random(), init: "kaiming" }).W.data).toEqual(weights);
    expect(new Linear(2, 1, { init: "zero" }).W.data.toArray()).toEqual([[0, 0]]);
    const threes = new Linear(2, 1, { random: random(), init: (W) => constantInit(W, 3) });
    expect(threes.W.data.toArray()).toEqual([[3, 3]]);
  });

  test("draws nothing but W", () => {
    const generator = random();
    new Linear(3, 2, { random: generator });
    const other = random();
    other.uniform([2, 3]);
    expect(generator.next()).toBe(other.next());
  });

  test("has the parameters W and b, which require a gradient", () => {
    const layer = new Linear(3, 2, { random: random() });
    expect([...layer.namedParameters()]).toEqual([
      ["W", layer.W],
      ["b", layer.b],
    ]);
    expect(layer.parameters().map(({ requireGrad, name }) => [requireGrad, name])).toEqual([
      [true, "W"],
      [true, "b"],
    ]);
  });

  test("is made of the default dtype", () => {
    const layer = withDefaultDType("float64", () => new Linear(3, 2, { random: random() }));
    expect([layer.W.dtype, layer.b.dtype]).toEqual(["float64", "float64"]);
  });
});

describe("an input that does not fit", () => {
  const layer = new Linear(784, 100, { init: "zero", name: "hidden.0" });

  test.each([
    [[32, 28, 28], "[32, 28, 28]: flatten the images first (expected […, 784])"],
    [[28, 28], "[28, 28]: flatten the images first (expected […, 784])"],
    [[32, 1, 28, 28], "[32, 1, 28, 28]: flatten the images first (expected […, 784])"],
    [[32, 700], "[32, 700]: expected […, 784]"],
    [[783], "[783]: expected […, 784]"],
    [[784, 1], "[784, 1]: flatten the images first (expected […, 784])"],
    [[784, 32], "[784, 32]: expected […, 784]"],
    [[], "[]: expected […, 784]"],
    [[2, 3, 784], "[2, 3, 784]: make it one batch with reshape (expected [n, 784])"],
  ])("of shape %j is refused in the name of the layer", (shape, message) => {
    const forward = () => layer.forward(new Tensor(zeros(shape)));
    expect(forward).toThrow(ShapeError);
    expect(forward).toThrow(new ShapeError(`Linear(784 → 100) "hidden.0" received ${message}`));
  });

  test("is refused without a name when the layer has none", () => {
    const nameless = new Linear(784, 100, { init: "zero" });
    expect(() => nameless.forward(new Tensor(zeros([32, 700])))).toThrow(
      new ShapeError("Linear(784 → 100) received [32, 700]: expected […, 784]"),
    );
  });

  test("is refused when it is no tensor, or of another dtype", () => {
    expect(() => layer.forward(zeros([784]) as never)).toThrow(
      'Linear(784 → 100) "hidden.0" received an NdArray [784]: expected a Tensor (new Tensor(…) wraps an array)',
    );
    expect(() => layer.forward(undefined as never)).toThrow('Linear(784 → 100) "hidden.0" received undefined');
    expect(() => layer.forward(new Tensor(zeros([784], { dtype: "float64" })))).toThrow(
      'Linear(784 → 100) "hidden.0": float32 and float64 do not mix',
    );
  });

  test("leaves an empty batch alone", () => {
    expect(layer.forward(new Tensor(zeros([0, 784]))).shape).toEqual([0, 100]);
  });
});

test("Linear says which option is wrong", () => {
  expect(() => new Linear(0, 2, { init: "zero" })).toThrow("Linear: dimInput must be a whole number ≥ 1, received 0");
  expect(() => new Linear(2, 1.5, { init: "zero" })).toThrow(
    "Linear: dimOutput must be a whole number ≥ 1, received 1.5",
  );
  expect(() => new Linear(2, 2, undefined as never)).toThrow(
    "Linear: expected its options by name, as in { random: … }, received none",
  );
  expect(() => new Linear(2, 2, { rng: 1 } as never)).toThrow(
    'Linear: there is no option "rng", only random, init, name',
  );
  expect(() => new Linear(2, 2, {} as never)).toThrow("Linear: random must be a RandomGenerator, received undefined");
  expect(() => new Linear(2, 2, { random: 3 as never })).toThrow("give { random: new RandomGenerator(seed) }");
});
