import { describe, expect, test } from "vitest";
import * as ops from "../autograd/ops.js";
import type { Tensor } from "../autograd/tensor.js";
import { withDefaultDType } from "../nd/dtype.js";
import type { NdArray } from "../nd/nd-array.js";
import { RandomGenerator } from "../nd/random.js";
import { ReLU, Sigmoid, TanH } from "./activations.js";
import { Dropout } from "./dropout.js";
import { Linear } from "./linear.js";
import { Module } from "./module.js";
import { DeepNetwork, LinearNetwork } from "./networks.js";
import { Sequential } from "./sequential.js";

/** Uses one layer twice: its gradients add up. */
class Twice extends Module {
  readonly layer = new Linear(4, 4, { random: new RandomGenerator(1) });
  forward(x: Tensor): Tensor {
    return this.layer.forward(ops.tanh(this.layer.forward(x)));
  }
}

const random = () => new RandomGenerator(1);
const makers: Readonly<Record<string, () => Module>> = {
  Linear: () => new Linear(4, 3, { random: random() }),
  ReLU: () => new ReLU(),
  TanH: () => new TanH(),
  Sigmoid: () => new Sigmoid(),
  "Dropout in training": () => new Dropout(0.4, { random: random() }),
  "Dropout in evaluation": () => new Dropout(0.4, { random: random() }).eval(),
  Sequential: () =>
    new Sequential(new Linear(4, 3, { random: random() }), new Sigmoid(), new Linear(3, 2, { random: random() })),
  LinearNetwork: () => new LinearNetwork(4, 3),
  "DeepNetwork with relu": () => new DeepNetwork(4, 3, 5, 2, { random: random() }),
  "DeepNetwork with tanh and dropout": () =>
    new DeepNetwork(4, 3, 5, 2, { tanh: true, dropout: 0.3, random: random() }),
  "a layer used twice": () => new Twice(),
};

describe.each(Object.entries(makers))("%s", (_, make) => {
  test.each([[[4]], [[6, 4]]])("has the gradients that central differences give, x of shape %j", (shape) => {
    const inputs = withDefaultDType("float64", () => [
      new RandomGenerator(8).normal(shape),
      ...randomParameters(make()),
    ]);
    const f = (x: Tensor, ...parameters: Tensor[]) => withParameters(make(), parameters).forward(x);
    expect(String(ops.gradientCheck(f, inputs))).toMatch(/^gradient right/);
  });
});

test("a wrong gradient of a layer is found", () => {
  class Detached extends Linear {
    override forward(x: Tensor): Tensor {
      return ops.affine(this.W.detach(), this.b, x).add(ops.affine(this.W, this.b, x.detach()));
    }
  }
  const inputs = withDefaultDType("float64", () => [
    new RandomGenerator(8).normal([2]),
    ...randomParameters(new Linear(2, 2, { random: random() })),
  ]);
  const make = () => new Detached(2, 2, { random: random() });
  const f = (x: Tensor, ...parameters: Tensor[]) => withParameters(make(), parameters).forward(x);
  expect(ops.gradientCheck(f, inputs).ok).toBe(false);
});

/** Where to check: biases too are other than 0, so that no relu sits at its kink. */
const randomParameters = (module: Module): NdArray[] => {
  const draws = new RandomGenerator(3);
  return module.parameters().map(({ shape }) => draws.normal(shape));
};

/** The same module with these tensors in the place of its parameters. */
function withParameters(module: Module, tensors: readonly Tensor[]): Module {
  const modules = module.namedModules();
  [...module.namedParameters().keys()].forEach((name, i) => {
    const dot = name.lastIndexOf(".");
    Object.assign(modules.get(name.slice(0, Math.max(dot, 0)))!, { [name.slice(dot + 1)]: tensors[i] });
  });
  return module;
}
