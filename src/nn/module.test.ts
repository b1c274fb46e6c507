import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Tensor } from "../autograd/tensor.js";
import { array, ones, zeros } from "../nd/creation.js";
import { ReLU } from "./activations.js";
import { Linear } from "./linear.js";
import { Module } from "./module.js";
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
  test("is given when the parameters are listed, and stays", () => {
    const network = new Tangle();
    expect(network.first.name).toBeUndefined();
    network.parameters();
    expect(network.first.name).toBe("first");
    expect(network.inner.layers[1]!.name).toBe("inner.layers.1");
    new Sequential(network.first).parameters();
    expect(network.first.name).toBe("first");
  });

  test("is left alone where the layer has one", () => {
    const network = new Sequential(linear(1, 1, "encoder"));
    network.parameters();
    expect(network.layers[0]!.name).toBe("encoder");
    expect(network.name).toBeUndefined();
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

test("a parameter requires a gradient, has its name, and keeps its array", () => {
  const data = array([1, 2]);
  const parameter = new Parameter(data, "b");
  expect([parameter.requireGrad, parameter.name, parameter.data]).toEqual([true, "b", data]);
  expect(parameter.data).toBe(data);
});
