import { describe, expect, test } from "vitest";
import { Tensor } from "../autograd/tensor.js";
import { array, ones } from "../nd/creation.js";
import { RandomGenerator } from "../nd/random.js";
import { Dropout } from "./dropout.js";
import { Sequential } from "./sequential.js";

const dropout = (rate: number, seed = 1) => new Dropout(rate, { random: new RandomGenerator(seed) });

describe("Dropout", () => {
  test("in training makes an element 0, or multiplies it by 1 / (1 − rate)", () => {
    const x = new Tensor(array([1, -2, 3, 4, 5, -6, 7, 8]));
    const y = dropout(0.75).forward(x).data;
    const ratios = [...y.div(x.data).data].map((ratio) => ratio + 0);
    expect(new Set(ratios)).toEqual(new Set([0, 4]));
  });

  test.each([0.1, 0.5, 0.9])("drops a share of about %d, and keeps the mean", (rate) => {
    const y = dropout(rate).forward(new Tensor(ones([100, 200]))).data;
    const dropped = y.data.filter((value) => value === 0).length / y.size;
    const deviation = Math.sqrt((rate * (1 - rate)) / y.size);
    expect(Math.abs(dropped - rate)).toBeLessThan(4 * deviation);
    expect(Math.abs(y.mean() - 1)).toBeLessThan((4 * deviation) / (1 - rate));
  });

  test("draws anew each time, the same again from the same seed", () => {
    const x = new Tensor(ones([50]));
    const layer = dropout(0.5);
    const [first, second] = [layer.forward(x).data, layer.forward(x).data];
    expect(first).not.toEqual(second);
    const again = dropout(0.5);
    expect([again.forward(x).data, again.forward(x).data]).toEqual([first, second]);
  });

  test("lets the gradient through what was kept, multiplied likewise", () => {
    const x = new Tensor(ones([40]), { requireGrad: true });
    const y = dropout(0.5).forward(x);
    const kept = y.data.clone();
    y.backward(ones([40]));
    expect(x.gradient).toEqual(kept);
    expect(kept.sum()).toBeGreaterThan(0);
  });

  test("changes nothing and draws nothing in evaluation, nor at rate 0", () => {
    const x = new Tensor(ones([20]));
    const layer = dropout(0.5);
    const network = new Sequential(layer).eval();
    expect(network.forward(x)).toBe(x);
    network.train();
    expect(layer.forward(x).data).toEqual(dropout(0.5).forward(x).data);
    expect(dropout(0).forward(x)).toBe(x);
  });

  test("keeps the dtype", () => {
    expect(dropout(0.5).forward(new Tensor(ones([3], { dtype: "float64" }))).dtype).toBe("float64");
  });

  test("prints its rate", () => {
    expect(String(dropout(0.25))).toBe("Dropout(0.25)");
  });

  test.each([1, -0.1, 2, Number.NaN])("refuses the rate %d", (rate) => {
    expect(() => dropout(rate)).toThrow(`Dropout: rate must be in [0, 1), received ${rate}`);
  });

  test("refuses a rate in words, and no generator", () => {
    expect(() => dropout("half" as never)).toThrow('Dropout: rate must be in [0, 1), received "half"');
    expect(() => new Dropout(0.5, undefined as never)).toThrow("Dropout: expected its options by name");
    expect(() => new Dropout(0.5, { seed: 1 } as never)).toThrow('Dropout: there is no option "seed", only random');
    expect(() => new Dropout(0.5, {} as never)).toThrow(
      "Dropout: random must be a RandomGenerator, received undefined",
    );
  });
});
