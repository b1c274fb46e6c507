import { expect, test } from "vitest";
import { Tensor } from "../autograd/tensor.js";
import { array, zeros } from "../nd/creation.js";
import { ReLU, Sigmoid, TanH } from "./activations.js";
import { Linear } from "./linear.js";
import { Sequential } from "./sequential.js";

const x = new Tensor(array([-1, 0, 2]));

test.each([
  { layer: new ReLU(), expected: [0, 0, 2] },
  { layer: new TanH(), expected: [-1, 0, 2].map(Math.tanh) },
  { layer: new Sigmoid(), expected: [-1, 0, 2].map((value) => 1 / (1 + Math.exp(-value))) },
])("$layer is its function, element by element", ({ layer, expected }) => {
  const y = layer.forward(x).data;
  expected.forEach((value, i) => {
    expect(y.at(i)).toBeCloseTo(value, 6);
  });
  expect(layer.parameters()).toEqual([]);
  expect(String(layer)).toBe(layer.constructor.name);
});

test("Sequential hands the result of each layer to the next, in order", () => {
  const minusThree = new Linear(3, 3, { init: "zero" });
  minusThree.b.data.fill_(-3);
  expect(new Sequential(minusThree, new ReLU()).forward(x).data.toArray()).toEqual([0, 0, 0]);
  expect(new Sequential(new ReLU(), minusThree).forward(x).data.toArray()).toEqual([-3, -3, -3]);
  expect(new Sequential().forward(x)).toBe(x);
});

test("Sequential names its layers by place, as errors then show", () => {
  const network = new Sequential(new ReLU(), new Linear(4, 2, { init: "zero" }));
  expect([...network.namedParameters().keys()]).toEqual(["layers.1.W", "layers.1.b"]);
  expect(() => network.forward(new Tensor(zeros([3])))).toThrow(
    'Linear(4 → 2) "layers.1" received [3]: expected […, 4]',
  );
});

test("Sequential prints its layers as a table", () => {
  const network = new Sequential(new Linear(4, 2, { init: "zero" }), new TanH());
  expect(String(network)).toBe(
    ["Sequential, 10 parameters", "  layers.0  Linear(4 → 2), 10 parameters", "  layers.1  TanH"].join("\n"),
  );
  expect(String(new Sequential())).toBe("Sequential");
});

test("Sequential refuses what is no module, and says how to give a list", () => {
  expect(() => new Sequential(new ReLU(), ((y: Tensor) => y) as never)).toThrow(
    "Sequential: layer 1 must be a Module, received the function",
  );
  expect(() => new Sequential([new ReLU()] as never)).toThrow(
    "Sequential: layer 0 must be a Module, received a list: write new Sequential(...layers)",
  );
});
