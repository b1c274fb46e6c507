import { createHash } from "node:crypto";
import { once } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import fc from "../../test/properties.js";
import { size } from "../../test/side-by-side.js";
import type { Dataset } from "../datasets/dataset.js";
import { RandomGenerator } from "../nd/random.js";
import { DeepNetwork } from "../nn/networks.js";
import { SGD } from "../optim/sgd.js";
import { trainingLoop } from "../train/training-loop.js";
import { setBackend } from "./backend.js";
import { adam, sigmoid, tanh } from "./elementwise.js";
import { gemm, type Matrix } from "./gemm.js";
import { type Block, copyIn, copyOut, kernels, openHeap, release, take, words } from "./heap.js";
import { sparseAffine } from "./sparse-affine.js";
import { crew, currentWorkers, setWorkers } from "./workers.js";

openHeap();

afterEach(() => {
  setBackend("simd");
  setWorkers(1);
});

/** Stands for the bits of an array, which are many to print where two are not the same. */
const digest = (values: ArrayBufferView): string =>
  createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");

/** Sets as many threads, and waits until they are at work. */
async function haveWorkers(n: number): Promise<void> {
  setWorkers(n);
  await Promise.all((crew?.workers ?? []).map((worker) => once(worker, "online")));
}

/** What `compute` gives on 1, 2 and 3 threads. */
async function onAnyNumber<T>(compute: () => T): Promise<T[]> {
  const results: T[] = [];
  for (const n of [1, 2, 3]) {
    await haveWorkers(n);
    results.push(compute());
  }
  return results;
}

describe("the number of threads", () => {
  test("is one until it is set", () => {
    expect(currentWorkers()).toBe(1);
    setWorkers(3);
    expect(currentWorkers()).toBe(3);
    setWorkers(1);
    expect(currentWorkers()).toBe(1);
  });

  test.each([0, -1, 65, 1.5, Number.NaN, "2", undefined])("is not %s", (n) => {
    expect(() => setWorkers(n as number)).toThrow(RangeError);
    expect(() => setWorkers(n as number)).toThrow(
      /^setWorkers: expected how many threads compute, a whole number from 1 to 64, received .+: setWorkers\(2\) makes two/,
    );
    expect(currentWorkers()).toBe(1);
  });

  test("is one with the reference backend, and says what to do about it", () => {
    setBackend("reference");
    expect(() => setWorkers(2)).toThrow(/^setWorkers: the backend is "reference".+: call setBackend\("simd"\) first$/);
    expect(() => setWorkers(1)).not.toThrow();
  });

  test("is kept when it is set again: the same threads go on", () => {
    setWorkers(2);
    const before = crew;
    setWorkers(2);
    expect(crew).toBe(before);
  });
});

test("threads end when there shall be fewer", async () => {
  setWorkers(3);
  const { workers } = crew!;
  const exits = workers.map((worker) => once(worker, "exit"));
  setWorkers(1);
  await Promise.all(exits);
  expect(workers.map(({ threadId }) => threadId)).toEqual([-1, -1]);
});

const numbers = (n: number, seed: number): Float32Array =>
  new RandomGenerator(seed).uniform([n], { low: -1, high: 1 }).data as Float32Array;

/** Gives a value of blocks that hold the arrays, then releases them. */
function withBlocks<T>(arrays: readonly Float32Array[], f: (...blocks: Block[]) => T): T {
  const blocks = arrays.map(copyIn);
  const value = f(...blocks);
  blocks.forEach(release);
  return value;
}

const matrixAt = ({ pointer }: Block, rows: number, columns: number, isByRows: boolean): Matrix =>
  isByRows ? { pointer, rowStep: columns, columnStep: 1 } : { pointer, rowStep: 1, columnStep: rows };

describe("the same bits on 1, 2 and 3 threads:", () => {
  const large = fc.oneof(size(), fc.integer({ min: 16, max: 300 }));
  const products = fc.record({
    m: large,
    n: large,
    extra: fc.nat(70),
    alpha: fc.constantFrom(1, -0.25),
    gap: fc.nat(3),
    byRows: fc.tuple(fc.boolean(), fc.boolean()),
    add: fc.boolean(),
    seed: fc.nat(1000),
  });

  test("products of matrices, however small or large, side by side with what is not theirs", async () => {
    const drawn = fc.sample(products, { numRuns: 40, seed: 5 });
    const results = await onAnyNumber(() =>
      drawn.map(({ m, n, extra, alpha, gap, byRows, add, seed }) => {
        const k = Math.ceil(2 ** 20 / Math.max(1, m * n)) + extra; // just large enough to be shared out
        if (k > 3000) return undefined;
        const arrays = [numbers(m * (n + gap), seed), numbers(m * k, seed + 1), numbers(k * n, seed + 2)];
        return withBlocks(arrays, (c, a, b) => {
          const C = { pointer: c!.pointer, rowStep: n + gap, columnStep: 1 };
          gemm(m, n, k, alpha, matrixAt(a!, m, k, byRows[0]), matrixAt(b!, k, n, byRows[1]), C, add);
          return digest(copyOut(c!, m * (n + gap)));
        });
      }),
    );
    expect(results[0]!.filter((C) => C !== undefined).length).toBeGreaterThan(15);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test("affine layers from non-zeros", async () => {
    const results = await onAnyNumber(() => [2, 7, 64, 129].map((rows) => affineFromNonZeros(rows, 401, 300)));
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  const lengths = [1, 4095, 4096, 4097, 20_011];
  test.each(lengths)("tanh and sigmoid of %i elements, and what lies behind them", async (n) => {
    const results = await onAnyNumber(() =>
      [tanh, sigmoid].map((activate) =>
        withBlocks([numbers(n + 64, 1), numbers(n + 64, 2)], (y, x) => {
          activate(y!.pointer, x!.pointer, n);
          return digest(copyOut(y!, n + 64));
        }),
      ),
    );
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test.each([5, 32_768, 33_333])("a step of Adam for %i parameters, and what lies behind them", async (n) => {
    const results = await onAnyNumber(() =>
      withBlocks(
        [1, 2, 3, 4].map((seed) => numbers(n + 64, seed)),
        (W, g, m, v) => {
          kernels.mul(v!.pointer, v!.pointer, v!.pointer, n + 64, false); // squares, as v is made of
          adam(W!.pointer, g!.pointer, m!.pointer, v!.pointer, 0.1, 0.9, 0.1, 0.999, 0.001, 0.5, 1e-8, 0.01, 0.99, n);
          return [W, m, v].map((block) => digest(copyOut(block!, n + 64)));
        },
      ),
    );
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test("a training run", async () => {
    const results = await onAnyNumber(() => train());
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test("a training run that begins before its workers do", async () => {
    const alone = train();
    setWorkers(2);
    expect(train()).toEqual(alone);
  });

  test("a training run whose worker is killed; a warning says so, once", async () => {
    const alone = train();
    await haveWorkers(3);
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const exits = crew!.workers.map((worker) => once(worker, "exit"));
    const killed = train((done) => {
      if (done === 2) void crew!.workers[0]!.terminate();
    });
    expect(killed).toEqual(alone);
    await Promise.all(exits);
    expect(currentWorkers()).toBe(1);
    expect(warn.mock.calls).toEqual([
      [
        // It may be killed when it has just claimed a share, which it then never answers.
        expect.stringMatching(
          /^setWorkers: no other thread computes from now on, results are the same: a worker (has ended|does not answer)$/,
        ),
        { code: "RETROPROP_NO_WORKERS" },
      ],
    ]);
    warn.mockRestore();
    expect(train()).toEqual(alone);
  });
});

/** The bits of `y = x Wᵀ + b`, x with three zeros of four, and of what lies behind y. */
function affineFromNonZeros(rows: number, features: number, out: number): string {
  const x = numbers(rows * features, rows).map((value, i) => (i % 4 === 0 ? value : 0));
  const W = numbers(features * out, 1);
  const [found, starts] = [take(2 * (rows + 1) * features), take(rows + 1)];
  const y = withBlocks([new Float32Array((rows + 64) * out), x, W, numbers(out, 2)], (to, from, weights, b) => {
    const limit = rows * features;
    kernels.collectNonZeros(found.pointer, starts.pointer, from!.pointer, rows, features, limit);
    expect(words[(starts.pointer >>> 2) + rows]! * out).toBeGreaterThan(rows > 7 ? 2 ** 19 : 0);
    sparseAffine(to!.pointer, weights!.pointer, b!.pointer, found.pointer, starts.pointer, rows, out);
    return digest(copyOut(to!, (rows + 64) * out));
  });
  release(found);
  release(starts);
  return y;
}

/** Five steps of a network on batches of 64: the bits of its parameters, and its losses. */
function train(onBatch: (done: number) => void = () => {}): unknown {
  const n = 320;
  const inputs = new RandomGenerator(3).uniform([n, 784], { low: 0.1, high: 1 });
  const data: Dataset = {
    inputs,
    labels: Uint8Array.from({ length: n }, (_, i) => i % 10),
    classNames: [..."0123456789"],
  };
  const network = new DeepNetwork(784, 10, 100, 1, { tanh: true, random: new RandomGenerator(1) });
  const optimizer = new SGD(network.parameters(), { learningRate: 0.1 });
  const { history } = trainingLoop(network, optimizer, data, data, {
    epochs: 1,
    batchSize: 64,
    random: new RandomGenerator(2),
    onBatch,
  });
  const parameters = network.parameters().map(({ data }) => digest(data.data));
  return { parameters, losses: history.map(({ trainLoss, devLoss }) => [trainLoss, devLoss]) };
}
