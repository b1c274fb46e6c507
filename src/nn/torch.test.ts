import { describe, expect, test } from "vitest";
import { expectClose, type FrozenArray, readFixture, thaw } from "../../test/oracle/oracle.js";
import * as ops from "../autograd/ops.js";
import { Tensor } from "../autograd/tensor.js";
import { type DType, withDefaultDType } from "../nd/dtype.js";
import { RandomGenerator } from "../nd/random.js";
import { TanH } from "./activations.js";
import { Linear } from "./linear.js";
import type { Module } from "./module.js";
import { DeepNetwork } from "./networks.js";
import { Sequential } from "./sequential.js";

interface Case {
  readonly network: string;
  readonly parameters: Readonly<Record<string, FrozenArray>>;
  readonly x: FrozenArray;
  readonly gold: number | readonly number[];
  readonly logits: FrozenArray;
  readonly loss: FrozenArray;
  readonly gradients: Readonly<Record<string, FrozenArray>>;
  readonly gx: FrozenArray;
}

const { cases } = readFixture<{ cases: readonly Case[] }>("torch-nn.json");
const tolerances = { float64: 1e-10, float32: 1e-5 };
const [dimInput, hiddenDim, dimOutput] = [5, 4, 3];

const deep = (tanh: boolean, nLayers: number) => () =>
  new DeepNetwork(dimInput, dimOutput, hiddenDim, nLayers, { tanh, random: new RandomGenerator(1) });

const networks: Readonly<Record<string, () => Module>> = {
  Linear: () => new Linear(dimInput, dimOutput, { init: "zero" }),
  Sequential: () =>
    new Sequential(
      new Linear(dimInput, hiddenDim, { init: "zero" }),
      new TanH(),
      new Linear(hiddenDim, dimOutput, { init: "zero" }),
    ),
  ...Object.fromEntries([0, 1, 2, 3].map((nLayers) => [`DeepNetwork relu ${nLayers}`, deep(false, nLayers)])),
  ...Object.fromEntries([0, 1, 2, 3].map((nLayers) => [`DeepNetwork tanh ${nLayers}`, deep(true, nLayers)])),
};

/** Our network of a case, with PyTorch's weights in it. */
function withWeightsOf({ network, parameters, x }: Case): Module {
  const module = withDefaultDType(x.dtype, networks[network]!);
  const ours = module.namedParameters();
  expect([...ours.keys()]).toEqual(Object.keys(parameters));
  for (const [name, weights] of Object.entries(parameters)) ours.get(name)!.data.copy_(thaw(weights));
  return module;
}

describe.each(Object.keys(networks))("%s", (name) => {
  test.each(["float64", "float32"] as const)("has PyTorch's logits, loss and gradients in %s", (dtype: DType) => {
    const found = cases.filter(({ network, x }) => network === name && x.dtype === dtype);
    expect(found.map(({ x }) => x.shape)).toEqual([[5], [6, 5]]);
    for (const one of found) {
      const network = withWeightsOf(one);
      const x = new Tensor(thaw(one.x), { requireGrad: true });
      const logits = network.forward(x);
      const loss = ops.nll(logits, one.gold);
      loss.backward();
      const close = (received: Tensor["data"], expected: FrozenArray, what: string) =>
        expectClose(received, thaw(expected), tolerances[dtype], `${what} of x ${one.x.shape}`);
      close(logits.data, one.logits, "logits");
      close(loss.data, one.loss, "loss");
      close(x.gradient!, one.gx, "gradient of x");
      for (const [key, { gradient }] of network.namedParameters()) close(gradient!, one.gradients[key]!, key);
    }
  });
});

test("every frozen case is compared", () => {
  expect(cases.length).toBe(2 * 2 * Object.keys(networks).length);
});
