import { describe, expect, test } from "vitest";
import type { Dataset } from "../datasets/dataset.js";
import { array, zeros } from "../nd/creation.js";
import { Parameter } from "../nn/parameter.js";
import { type Evidence, likelyCause } from "./diagnosis.js";

const data: Dataset = { inputs: zeros([4, 2, 3]), labels: new Uint8Array(4), classNames: ["a"] };

/** A parameter that was [1, 2] and is now something else. */
function movedTo(...now: number[]): Evidence["parameters"] {
  return [{ name: "output.W", parameter: new Parameter(array(now), "W"), values: array([1, 2]) }];
}

const causeOf = (evidence: Partial<Evidence>): string =>
  likelyCause({ sets: { data }, parameters: movedTo(1, 2), losses: [], learningRate: 0.5, ...evidence });

describe("the likely cause of a loss that is no number", () => {
  test("is the learning rate when the last losses grew a thousandfold", () => {
    expect(causeOf({ losses: [2, 51.26, 9000] })).toBe(
      "the learning rate 0.5 is too large (the last losses were 2, 51.3, 9000): divide it by 10 until the loss goes down",
    );
  });

  test("is not the learning rate when losses only went up and down, nor parameters grew a little", () => {
    expect(causeOf({ losses: [1e-5, 3, 0.01, 12], parameters: movedTo(-900, 2) })).toContain("the network itself");
  });

  test("is the learning rate when a parameter grew a thousandfold, or overflowed, whatever its sign", () => {
    expect(causeOf({ parameters: movedTo(1, -5000) })).toContain('"output.W" went from 2 to 5000');
    expect(causeOf({ parameters: movedTo(Number.NEGATIVE_INFINITY, 2) })).toContain("went from 2 to Infinity");
  });

  test("is the examples rather than what they did to parameters and losses", () => {
    const inputs = data.inputs.clone();
    inputs.set([2, 1, 0], Number.NaN);
    expect(causeOf({ sets: { data: { ...data, inputs } }, parameters: movedTo(1e9, 2), losses: [1, 1e9] })).toBe(
      "data.inputs holds NaN in example 2 (feature 3): clean the examples first",
    );
  });
});
