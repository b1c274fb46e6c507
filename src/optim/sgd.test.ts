import { describe, expect, test } from "vitest";
import { expectSameBits } from "../../test/oracle/oracle.js";
import { array } from "../nd/creation.js";
import { RandomGenerator } from "../nd/random.js";
import { Parameter } from "../nn/parameter.js";
import { SGD, type SGDOptions } from "./sgd.js";

/** Where W is after a step on each of the gradients. */
function walk(start: number, gradients: readonly number[], options: SGDOptions): number[] {
  const W = new Parameter(array([start], { dtype: "float64" }), "W");
  const optimizer = new SGD([W], options);
  return gradients.map((g) => {
    W.gradient = array([g], { dtype: "float64" });
    optimizer.step();
    return W.data.at(0);
  });
}

describe("SGD", () => {
  test("without options is W −= α g to the bit", () => {
    const random = new RandomGenerator(1);
    for (const dtype of ["float32", "float64"] as const) {
      const [start, g] = [random.normal([7, 5], { dtype }), random.normal([7, 5], { dtype })];
      const W = new Parameter(start.clone(), "W");
      W.gradient = g;
      new SGD([W], { learningRate: 0.1 }).step();
      expectSameBits(W.data, start.clone().sub_(g.mul(0.1)), dtype);
    }
  });

  test("accumulates steps: v = β v + α g", () => {
    expect(walk(0, [1, 1, 0], { learningRate: 1, momentum: 0.5 })).toEqual([-1, -2.5, -3.25]);
  });

  test("averages gradients: v = β v + (1 − β) g", () => {
    const options = { learningRate: 1, momentum: 0.5, momentumForm: "average" } as const;
    expect(walk(0, [1, 1, 0], options)).toEqual([-0.5, -1.25, -1.625]);
  });

  test("looks ahead with nesterov", () => {
    expect(walk(0, [1, 1, 0], { learningRate: 1, momentum: 0.5, nesterov: true })).toEqual([-1.5, -3.25, -3.625]);
    const average = { learningRate: 1, momentum: 0.5, momentumForm: "average", nesterov: true } as const;
    expect(walk(0, [1, 1, 0], average)).toEqual([-0.75, -1.625, -1.8125]);
  });

  test("applies a new learning rate to what comes in the accumulated form, to the whole velocity in the average form", () => {
    const after = (momentumForm: "average" | "accumulated") => {
      const W = new Parameter(array([0]), "W");
      const optimizer = new SGD([W], { learningRate: 1, momentum: 0.5, momentumForm });
      W.gradient = array([1]);
      optimizer.step();
      optimizer.learningRate = 0;
      const before = W.data.at(0);
      optimizer.step();
      return W.data.at(0) - before;
    };
    expect(after("accumulated")).toBe(-0.5);
    expect(after("average")).toBe(0);
  });

  test("pulls with l1 towards 0 by the same force from everywhere, and leaves 0 alone", () => {
    const W = new Parameter(array([4, 1, 0, -1]), "W");
    W.gradient = array([0, 0, 0, 0]);
    new SGD([W], { learningRate: 1, l1: 0.5 }).step();
    expect(W.data).toEqual(array([3.5, 0.5, 0, -0.5]));
  });

  test("decays in proportion with weightDecay", () => {
    expect(walk(8, [0, 0], { learningRate: 1, weightDecay: 0.5 })).toEqual([4, 2]);
  });

  test.each<[Partial<SGDOptions>, string]>([
    [{ momentum: 1 }, "SGD: momentum must be a number in [0, 1), received 1"],
    [{ momentum: -0.1 }, "SGD: momentum must be a number in [0, 1), received -0.1"],
    [{ nesterov: true }, "SGD: nesterov needs a momentum"],
    [{ weightDecay: -1 }, "SGD: weightDecay must be a number ≥ 0, received -1"],
    [{ l1: Number.NaN }, "SGD: l1 must be a number ≥ 0, received NaN"],
    [{ momentumForm: "mean" as never }, 'SGD: momentumForm must be "average" or "accumulated", received "mean"'],
  ])("refuses %o", (options, message) => {
    expect(() => walk(0, [], { learningRate: 1, ...options })).toThrow(message);
  });
});
