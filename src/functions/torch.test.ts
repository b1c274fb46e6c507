import { describe, expect, test } from "vitest";
import { expectClose, type FrozenArray, isClose, readFixture, thaw, thawNumber } from "../../test/oracle/oracle.js";
import { expectPure } from "../../test/purity.js";
import type { NdArray } from "../nd/nd-array.js";
import { backwardRelu, backwardSigmoid, backwardTanh, relu, sigmoid, tanh } from "./activations.js";
import { affineTransform, backwardAffineInput, backwardAffineTransform } from "./affine.js";
import { backwardNll, backwardNllBatch, nll, nllBatch } from "./nll.js";
import { backwardSoftmax, softmax } from "./softmax.js";

interface Case {
  readonly function: string;
  readonly inputs: readonly FrozenArray[];
  readonly gold?: number;
  readonly golds?: readonly number[];
  readonly result: FrozenArray;
  readonly g: FrozenArray;
  /** With respect to each input, by autograd. */
  readonly gradients: readonly FrozenArray[];
}

const { cases } = readFixture<{ cases: readonly Case[] }>("torch-functions.json");
const tolerances = { float32: 2e-6, float64: 1e-14 };

/** Compares one function's values and gradients with PyTorch's in every case of that name, and says how many there were. */
function compare(
  name: string,
  run: (inputs: NdArray[], g: NdArray, one: Case) => { result: NdArray; gradients: NdArray[] },
) {
  const ofName = cases.filter((one) => one.function === name);
  for (const one of ofName) {
    const { result, gradients } = run(one.inputs.map(thaw), thaw(one.g), one);
    const tolerance = tolerances[one.result.dtype];
    const what = `${name} of ${JSON.stringify(one.inputs)}`;
    expectClose(result, thaw(one.result), tolerance, what);
    gradients.forEach((gradient, i) => {
      expectClose(gradient, thaw(one.gradients[i]!), tolerance, `gradient ${i} of ${what}`);
    });
    expect(gradients.length).toBeGreaterThan(0);
  }
  return ofName.length;
}

describe("values and gradients are PyTorch's, in float32 and float64", () => {
  test("affineTransform, one example and batches, an empty one too", () => {
    const count = compare("affineTransform", (inputs, g) => {
      const [W, b, x] = inputs as [NdArray, NdArray, NdArray];
      return {
        result: expectPure(affineTransform, W, b, x),
        gradients: [...expectPure(backwardAffineTransform, W, b, x, g), expectPure(backwardAffineInput, W, g)],
      };
    });
    expect(count).toBe(14);
  });

  test("softmax, up to logits of ±1e4", () => {
    const count = compare("softmax", ([x], g) => ({
      result: expectPure(softmax, x!),
      gradients: [expectPure(backwardSoftmax, x!, g)],
    }));
    expect(count).toBe(28);
  });

  test("nllBatch, up to logits of ±1e4", () => {
    const count = compare("nllBatch", ([x], g, { golds }) => ({
      result: expectPure(nllBatch, x!, golds!),
      gradients: [expectPure(backwardNllBatch, x!, golds!, g)],
    }));
    expect(count).toBe(8);
  });

  test.each([
    { name: "relu", f: relu, backward: backwardRelu },
    { name: "tanh", f: tanh, backward: backwardTanh },
    { name: "sigmoid", f: sigmoid, backward: backwardSigmoid },
  ])("$name, up to ±1e4 and at ±0", ({ name, f, backward }) => {
    const count = compare(name, ([x], g) => ({
      result: expectPure(f, x!),
      gradients: [expectPure(backward, x!, g)],
    }));
    expect(count).toBe(8);
  });

  test("nll, up to logits of ±1e4", () => {
    const ofName = cases.filter((one) => one.function === "nll");
    expect(ofName.length).toBeGreaterThan(40);
    for (const { inputs, gold, result, g, gradients } of ofName) {
      const x = thaw(inputs[0]!);
      const loss = thawNumber(result.data[0]!);
      const what = `nll of ${x}, ${gold}`;
      expect(
        isClose(expectPure(nll, x, gold!), loss, tolerances[x.dtype]),
        `${what}: ${nll(x, gold!)}, not ${loss}`,
      ).toBe(true);
      const gradient = expectPure(backwardNll, x, gold!, thawNumber(g.data[0]!));
      expectClose(gradient, thaw(gradients[0]!), tolerances[x.dtype], `gradient of ${what}`);
    }
  });
});
