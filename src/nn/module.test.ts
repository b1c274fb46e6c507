import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { Tensor } from "../autograd/tensor.js";
import { array, ones, zeros } from "../nd/creation.js";
import { RandomGenerator } from "../nd/random.js";
import { ReLU } from "./activations.js";
import { Linear } from "./linear.js";
import { Module } from "./module.js";
import { DeepNetwork } from "./networks.js";
import { Parameter } from "./parameter.js";
import { Sequential } from "./sequential.js";

const linear = (dimInput: number, dimOutput: number, name?: string) =>
  new Linear(dimInput, dimOutput, { init: "zero", ...(name === undefined ? {} : { name }) });

/** Parameters and modules in fields, in lists, in lists of lists; one layer twice; a way back to the whole. */
class Tangle extends Module {
  readonly scale = new Parameter(ones([1]), "scale");
  readonly first = linear(2, 3);
  readonly blocks = [linear(3, 3), [this.first, linear(3, 1)], "no module", undefined];
  readonly again = this.first;
  readonly sameScale = this.scale;
  readonly loop: unknown[] = [this];
  readonly inner = new Sequential(new ReLU(), linear(1, 1));

  constructor() {
    super();
    this.loop.push(this.loop);
  }

  forward(x: Tensor): Tensor {
    return x;
  }
}

describe("namedParameters", () => {
  test("gives dotted names in the order of the fields, each parameter once, through lists and cycles", () => {
    expect([...new Tangle().namedParameters().keys()]).toEqual([
      "scale",
      "first.W",
      "first.b",
      "blocks.0.W",
      "blocks.0.b",
      "blocks.1.1.W",
      "blocks.1.1.b",
      "inner.layers.1.W",
      "inner.layers.1.b",
    ]);
  });

  test("gives the parameters themselves, in the order of parameters()", () => {
    const network = new Tangle();
    expect(network.namedParameters().get("blocks.1.1.W")).toBe((network.blocks[1] as Linear[])[1]!.W);
    expect(network.parameters()).toEqual([...network.namedParameters().values()]);
    expect(new Set(network.parameters()).size).toBe(9);
  });

  test("sees a layer that has been put there later", () => {
    const network = new Tangle();
    network.blocks.push(linear(7, 7));
    expect(network.namedParameters().has("blocks.4.W")).toBe(true);
  });
});

describe("namedModules", () => {
  test("gives the module itself under the empty name, then each of its parts once", () => {
    const network = new Tangle();
    const found = network.namedModules();
    expect(found.get("")).toBe(network);
    expect([...found.keys()]).toEqual([
      "",
      "first",
      "blocks.0",
      "blocks.1.1",
      "inner",
      "inner.layers.0",
      "inner.layers.1",
    ]);
  });
});

describe("the name of a layer", () => {
  test("is given when the parameters are listed", () => {
    const network = new Tangle();
    expect(network.first.name).toBeUndefined();
    network.parameters();
    expect(network.first.name).toBe("first");
    expect(network.inner.layers[1]!.name).toBe("inner.layers.1");
  });

  test("is that in the outermost whole which listed it last, whoever listed it first", () => {
    class Pair extends Module {
      readonly enc = new DeepNetwork(2, 3, 4, 1, { random: new RandomGenerator(1) });
      readonly dec = new DeepNetwork(3, 2, 4, 1, { random: new RandomGenerator(2) });
      forward(x: Tensor): Tensor {
        return this.dec.forward(this.enc.forward(x));
      }
    }
    const pair = new Pair();
    const { dec } = pair;
    const names = () => [dec.name, dec.hidden[0]!.name, dec.output.name];
    dec.parameters();
    expect(names()).toEqual([undefined, "hidden.0", "output"]);
    String(pair);
    dec.parameters();
    expect(names()).toEqual(["dec", "dec.hidden.0", "dec.output"]);
    expect(() => dec.forward(new Tensor(zeros([5])))).toThrow('"dec.hidden.0" received [5]');
    new Sequential(pair).parameters();
    expect(names()).toEqual(["layers.0.dec", "layers.0.dec.hidden.0", "layers.0.dec.output"]);
  });

  test("is left alone where the layer has one", () => {
    const network = new Sequential(linear(1, 1, "encoder"));
    network.parameters();
    new Sequential(network).parameters();
    expect(network.layers[0]!.name).toBe("encoder");
    expect(network.name).toBe("layers.0");
    network.name = "whole";
    new Sequential(new ReLU(), network).parameters();
    expect([network.name, network.layers[0]!.name]).toEqual(["whole", "encoder"]);
  });
});

describe("a field in which parts would not be found", () => {
  class Holder extends Module {
    readonly parts: unknown;
    constructor(parts: unknown) {
      super();
      this.parts = parts;
    }
    forward(x: Tensor): Tensor {
      return x;
    }
  }
  const parameter = () => new Parameter(zeros([1]), "b");

  test.each([
    ["a Map", new Map([["first", linear(1, 1)]]), "a Linear in a Map"],
    ["a Set", new Set([1, parameter()]), "a Parameter [1] in a Set"],
    ["a plain object", { first: undefined, second: linear(1, 1) }, "a Linear in an Object"],
  ])("is refused when it is %s, with a remedy", (_, parts, received) => {
    for (const network of [new Holder(parts), new Sequential(new Holder(parts))]) {
      expect(() => network.parameters()).toThrow(`Holder: the field parts holds ${received}, where it is not found`);
      expect(() => network.eval()).toThrow("use a list (or a field with #");
    }
  });

  test("is let through when it holds no part: numbers, tensors, settings", () => {
    for (const parts of [new Map([["x", new Tensor(1)]]), new Set([1]), { rate: 0.5 }, Object.create(null), null]) {
      expect(new Holder(parts).parameters()).toEqual([]);
    }
  });
});

describe("a mode", () => {
  test("is training at first, and goes to every part, in lists and cycles too", () => {
    const network = new Tangle();
    const modes = () => new Set([...network.namedModules().values()].map(({ isTraining }) => isTraining));
    expect(modes()).toEqual(new Set([true]));
    expect(network.eval()).toBe(network);
    expect(modes()).toEqual(new Set([false]));
    network.inner.train();
    expect([network.isTraining, network.inner.layers[0]!.isTraining]).toEqual([false, true]);
    expect(network.train()).toBe(network);
    expect(modes()).toEqual(new Set([true]));
  });
});

test("zeroGrad forgets every gradient", () => {
  const network = new Tangle();
  for (const parameter of network.parameters()) parameter.accumulateGradient(ones(parameter.shape));
  network.zeroGrad();
  expect(network.parameters().map(({ gradient }) => gradient)).toEqual(Array(9).fill(undefined));
});

describe("printing", () => {
  test("shows the class, how many numbers are learnt, and the layers in aligned columns", () => {
    const network = new Tangle();
    const lines = [
      "Tangle, 28 parameters",
      "  first           Linear(2 → 3), 9 parameters",
      "  blocks.0        Linear(3 → 3), 12 parameters",
      "  blocks.1.1      Linear(3 → 1), 4 parameters",
      "  inner.layers.0  ReLU",
      "  inner.layers.1  Linear(1 → 1), 2 parameters",
    ];
    expect(String(network)).toBe(lines.join("\n"));
    expect(inspect(network)).toBe(lines.join("\n"));
  });

  test("counts a shared parameter once, and says one parameter in the singular", () => {
    class Bias extends Module {
      readonly b = new Parameter(zeros([1]), "b");
      readonly same = this.b;
      forward(x: Tensor): Tensor {
        return x.add(this.b);
      }
    }
    expect(String(new Bias())).toBe("Bias, 1 parameter");
  });
});

test("a parameter requires a gradient, has its name, copies its first values, and has one live array", () => {
  const first = array([1, 2]);
  const parameter = new Parameter(first, "b");
  expect([parameter.requireGrad, parameter.name, parameter.data]).toEqual([true, "b", array([1, 2])]);
  first.fill_(9);
  expect(parameter.data.toArray()).toEqual([1, 2]);
  expect(parameter.data).toBe(parameter.data);
});

test("values and assign of a parameter copy", () => {
  const W = new Parameter(zeros([2, 3]), "W");
  const values = array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  W.assign(values);
  values.fill_(0);
  const copy = W.values();
  copy.fill_(7);
  expect(W.values().toArray()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(W.data).toEqual(W.values());
  expect(() => W.assign(zeros([3, 2]))).toThrow(
    "assign: expected values of shape [2, 3] (float32), received [3, 2] (float32)",
  );
});
