import { expect, test } from "vitest";
import { chainIn } from "./chain.js";
import { layerIn, newArrays, type ResultMemory, targetOf } from "./layer.js";

/** Results behind each other in one array, used again after each example, with what it held still there. */
function oneArray(): ResultMemory {
  const floats = new Float32Array(1000).fill(NaN);
  let used = 0;
  return {
    take(n) {
      used += n;
      return { floats, start: used - n };
    },
    giveBack() {
      used = 0;
    },
  };
}

const start = { out: 2, in: 3, W: Float32Array.of(1, 2, 3, 4, 5, 6), b: Float32Array.of(1, -1) };

test.each([
  ["new arrays", newArrays],
  ["memory that is used again", oneArray()],
])("a layer in %s descends the gradient of its loss", (_, memory) => {
  const learn = layerIn(memory, start, 0.5);
  const [x, target] = [Float32Array.of(1, 0, -1), Float32Array.of(0, 1)];
  expect(learn(x, target)).toBe((1 + 16) / 2); // y = (-1, -3), g = (-1, -4)
  // W + ½ (1, 4) xᵀ and b + ½ (1, 4) add 1.5 g to y: what is left of g is half of it, the other way.
  expect(learn(x, target)).toBe((0.25 + 4) / 2);
});

test("a layer leaves the weights that it starts from alone", () => {
  layerIn(newArrays, start, 0.5)(Float32Array.of(1, 1, 1), Float32Array.of(0, 0));
  expect([...start.W, ...start.b]).toEqual([1, 2, 3, 4, 5, 6, 1, -1]);
});

test("one output in ten stands for each digit", () => {
  expect([...targetOf(3, 20)].flatMap((wanted, o) => (wanted === 1 ? o : []))).toEqual([3, 13]);
});

test.each([
  ["new arrays", newArrays],
  ["memory that is used again", oneArray()],
])("a chain in %s is x ← 0.9 x + 0.1 from 0.5 on", (_, memory) => {
  expect(chainIn(memory, 1, 4)).toBeCloseTo(4 * 0.55, 6);
  expect(chainIn(memory, 2, 4)).toBeCloseTo(4 * 0.595, 6);
});
