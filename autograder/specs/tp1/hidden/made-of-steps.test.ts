import { array, RandomGenerator, sgdStep, zeros } from "retroprop";
import { describe, expect, it } from "vitest";
import { areMadeTogether, countUsed, isMadeOfSteps } from "./made-of-steps.js";
import { drawTangle } from "./tangle.js";

const random = new RandomGenerator(4);
const data = drawTangle(random, [0, 1, 2, 0]);
const isMade = (W: { data: ArrayLike<number> }) => isMadeOfSteps({ W: Array.from(W.data) }, data);

/** W after steps on these examples, of this size. */
function trained(examples: readonly number[], learningRate: number) {
  const [W, b] = [zeros([3, 5]), zeros([3])];
  for (const i of examples) sgdStep(W, b, data.inputs.row(i), data.labels[i]!, learningRate);
  return { data: W.data, b: b.data };
}

describe("W is made of steps", () => {
  it.each([
    ["in any order, of any size", [3, 1, 0, 2], 0.5],
    ["over many epochs", Array.from({ length: 200 }, (_, i) => (i * 7) % 4), 1],
    ["with some examples left out, others twice", [0, 0, 3], 0.01],
    ["none at all", [], 0.5],
  ])("%s", (_, examples, learningRate) => {
    expect(isMade(trained(examples, learningRate))).toBe(true);
  });

  it("is not said of numbers that come from elsewhere", () => {
    expect(isMade(array(Array.from({ length: 15 }, (_, i) => Math.sin(i + 1))))).toBe(false);
    expect(isMade(random.normal([3, 5]))).toBe(false);
    const moved = trained([0, 1, 2, 3], 0.5);
    moved.data[7]! += 0.01;
    expect(isMade(moved)).toBe(false);
  });
});

describe("W is made of examples", () => {
  const used = (W: { data: ArrayLike<number> }) => countUsed({ W: Array.from(W.data) }, data);

  it("as many as were visited, in whatever order and however often", () => {
    expect(used(trained([3, 1, 0, 2], 0.5))).toBe(4);
    expect(used(trained([0, 0, 3], 0.01))).toBe(2);
    expect(used(trained([1, 1, 1], 0.5))).toBe(1);
    expect(used(trained([], 0.5))).toBe(0);
    expect(
      used(
        trained(
          Array.from({ length: 200 }, (_, i) => (i * 7) % 4),
          1,
        ),
      ),
    ).toBe(4);
  });
});

describe("W and b are of one moment", () => {
  const early = trained([3, 1, 0, 2], 0.5);
  const late = trained([3, 1, 0, 2, 0, 1, 2, 3], 0.5);
  const areTogether = (W: typeof early, b: ArrayLike<number>) =>
    areMadeTogether({ W: Array.from(W.data), b: Array.from(b) }, data);

  it("where both come of the same steps", () => {
    for (const { data, b } of [early, late, trained([], 1)]) expect(areTogether({ data, b }, b)).toBe(true);
  });

  it("not where one is the other's, or was never learnt", () => {
    expect(areTogether(late, early.b)).toBe(false);
    expect(areTogether(late, zeros([3]).data)).toBe(false);
  });
});
