import { describe, expect, test } from "vitest";
import { array } from "../nd/creation.js";
import { Parameter } from "../nn/parameter.js";
import { Adam, type AdamOptions, AdamW } from "./adam.js";

function afterOneStep(Kind: typeof Adam | typeof AdamW, start: number, g: number, options: AdamOptions): number {
  const W = new Parameter(array([start], { dtype: "float64" }), "W");
  W.gradient = array([g], { dtype: "float64" });
  new Kind([W], options).step();
  return W.data.at(0);
}

describe("Adam", () => {
  test.each([1e-4, 1, 1e4, -1])("first moves by the learning rate, whatever the gradient (%d)", (g) => {
    expect(afterOneStep(Adam, 0, g, { learningRate: 0.25 })).toBeCloseTo(-0.25 * Math.sign(g), 4);
  });

  test("leaves an element whose gradient has always been 0 where it is", () => {
    expect(afterOneStep(Adam, 3, 0, {})).toBe(3);
  });

  test("decays through the gradient, AdamW beside it", () => {
    const options = { learningRate: 0.25, weightDecay: 0.5 };
    expect(afterOneStep(Adam, 4, 0, options)).toBeCloseTo(4 - 0.25, 6); // a gradient of 2, of which only the sign counts
    expect(afterOneStep(AdamW, 4, 0, options)).toBe(4 - 0.25 * 0.5 * 4);
  });

  test("is AdamW when nothing decays", () => {
    expect(afterOneStep(Adam, 4, 0.3, {})).toBe(afterOneStep(AdamW, 4, 0.3, {}));
  });

  test.each<[AdamOptions, string]>([
    [{ beta1: 1 }, "Adam: beta1 must be a number in [0, 1), received 1"],
    [{ beta2: -0.5 }, "Adam: beta2 must be a number in [0, 1), received -0.5"],
    [{ epsilon: 0 }, "Adam: epsilon must be a number > 0, received 0"],
    [{ weightDecay: Number.POSITIVE_INFINITY }, "Adam: weightDecay must be a number ≥ 0, received Infinity"],
    [{ learningRate: -1 }, "Adam: learningRate must be a number ≥ 0, received -1"],
  ])("refuses %o", (options, message) => {
    expect(() => afterOneStep(Adam, 0, 1, options)).toThrow(message);
  });
});
