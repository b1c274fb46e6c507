// Sequential: modules one after another.
import type { Tensor } from "../autograd/tensor.js";
import { describeValue } from "../nd/describe.js";
import { Module } from "./module.js";

/**
 * A chain of modules: what one gives, the next receives.
 *
 * @example
 * const random = new RandomGenerator(1);
 * new Sequential(new Linear(784, 100, { random }), new TanH(), new Linear(100, 10, { random })) // Sequential, 79510 parameters
 * //   layers.0  Linear(784 → 100), 78500 parameters
 * //   layers.1  TanH
 * //   layers.2  Linear(100 → 10), 1010 parameters
 */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(...layers: readonly Module[]) {
    super();
    layers.forEach(expectModule);
    this.layers = layers;
  }

  forward(x: Tensor): Tensor {
    return this.layers.reduce((value, layer) => layer.forward(value), x);
  }
}

function expectModule(layer: unknown, i: number): void {
  if (layer instanceof Module) return;
  const received = Array.isArray(layer) ? "a list: write new Sequential(...layers)" : describeValue(layer);
  throw new TypeError(`Sequential: layer ${i} must be a Module, received ${received}`);
}
