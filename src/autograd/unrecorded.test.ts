import { beforeEach, describe, expect, test } from "vitest";
import { setBackend } from "../kernels/backend.js";
import { heapSize } from "../kernels/heap.js";
import { zeros } from "../nd/creation.js";
import { RandomGenerator } from "../nd/random.js";
import { DeepNetwork } from "../nn/networks.js";
import * as ops from "./ops.js";
import { noGrad, Tensor } from "./tensor.js";

const makeTensor = (i: number) => new Tensor([i, i + 1], { requireGrad: true });

describe("a result that no gradient goes through", () => {
  beforeEach(() => {
    setBackend("simd");
  });

  test("holds memory of the heap for a short while: 1000 in a row take that of a few", () => {
    const x = new Tensor(zeros([1000]), { requireGrad: true });
    const results: Tensor[] = [];
    noGrad(() => {
      const before = heapSize().inUse;
      for (let i = 0; i < 1000; i++) results.push(ops.relu(x));
      expect(heapSize().inUse - before).toBeLessThan(40 * 4096);
    });
    expect(results.filter(({ block }) => block !== undefined)).toEqual([]);
  });

  test("is read, and computed with, like any other when it has left the heap", () => {
    const results = noGrad(() => {
      const found = Array.from({ length: 100 }, (_, i) => makeTensor(i).mul(2));
      expect(found[3]!.add(found[99]!).data.toArray()).toEqual([204, 208]);
      return found;
    });
    expect(results.map(({ data }) => data.toArray())).toEqual(results.map((_, i) => [2 * i, 2 * i + 2]));
    expect(results[7]!.mul(makeTensor(0)).data.toArray()).toEqual([0, 16]);
  });

  test("leaves the others alone when an inner noGrad ends", () => {
    noGrad(() => {
      const before = ops.relu(makeTensor(1));
      const inner = noGrad(() => ops.relu(makeTensor(2)));
      expect([before.block === undefined, inner.block === undefined]).toEqual([false, true]);
      expect([before.data.toArray(), inner.data.toArray()]).toEqual([
        [1, 2],
        [2, 3],
      ]);
    });
  });

  test("takes no place on the tape: what was recorded before stays on the heap", () => {
    const recorded = ops.relu(makeTensor(1));
    noGrad(() => {
      for (let i = 0; i < 10_000; i++) ops.relu(recorded);
    });
    expect(recorded.block).toBeDefined();
  });

  test("goes through a deep network as outside of noGrad, though its layers are larger than what may be held", () => {
    const network = new DeepNetwork(3, 2, 700, 2, { random: new RandomGenerator(1), dropout: 0.5 }).eval();
    const x = new Tensor(new RandomGenerator(2).normal([2000, 3]));
    expect(noGrad(() => network.forward(x)).data).toEqual(network.forward(x).data);
  });
});
