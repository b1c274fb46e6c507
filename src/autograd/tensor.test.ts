import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { array, full, ones, zeros } from "../nd/creation.js";
import type { NdArray } from "../nd/nd-array.js";
import { RandomGenerator } from "../nd/random.js";
import { GraphError } from "./graph-error.js";
import * as ops from "./ops.js";
import { Tape } from "./tape.js";
import { anyRequireGrad, apply, noGrad, Tensor } from "./tensor.js";

const leaf = (data: ConstructorParameters<typeof Tensor>[0]) => new Tensor(data, { requireGrad: true });
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const gradientOf = ({ gradient }: Tensor) => gradient?.toArray();

describe("gradients worked out by hand", () => {
  test("y = x + 2, z = 2 y² has gradient 12 at x = 1", () => {
    const x = leaf(1);
    const y = x.add(2);
    ops.mul(2, y.mul(y)).backward();
    expect(gradientOf(x)).toBe(12);
  });

  test("the diamond b = a + a, c = b + b has gradient 4", () => {
    const a = leaf([1, 2]);
    const b = a.add(a);
    b.add(b).backward(ones([2]));
    expect(gradientOf(a)).toEqual([4, 4]);
  });

  test("z = tanh(x), y = z + z has exactly twice the gradient of tanh", () => {
    const values = new RandomGenerator(3).normal([50]);
    const [once, twice] = [leaf(values), leaf(values)];
    ops.tanh(once).backward(ones([50]));
    const z = ops.tanh(twice);
    z.add(z).backward(ones([50]));
    expect(twice.gradient!.data).toEqual(once.gradient!.mul(2).data);
  });

  test("a tensor used in three branches receives the sum of the three", () => {
    const x = leaf(3);
    const y = x.mul(2); // also shared: used by each branch
    y.add(y.mul(5)).add(y.mul(y)).backward();
    expect(gradientOf(x)).toBe(2 * (1 + 5 + 2 * 6));
  });

  test("what needs no gradient receives none, and is not computed for", () => {
    const [x, constant] = [leaf([1, 2]), new Tensor([3, 4])];
    x.mul(constant).sum().backward();
    expect(gradientOf(x)).toEqual([3, 4]);
    expect(constant.gradient).toBeUndefined();
  });

  test("a second backward, through a graph of its own, adds to the leaves", () => {
    const x = leaf([1, 2]);
    x.mul(3).sum().backward();
    x.mul(10).sum().backward(2);
    expect(gradientOf(x)).toEqual([23, 23]);
    x.zeroGrad();
    expect(x.gradient).toBeUndefined();
  });

  test("backward on a leaf that requires a gradient adds to it", () => {
    const x = leaf(5);
    x.backward(2);
    x.backward(3);
    expect(gradientOf(x)).toBe(5);
  });

  test("numbers and arrays beside a tensor are constants, of its dtype", () => {
    const x = new Tensor(array([1, 2], { dtype: "float64" }), { requireGrad: true });
    const y = ops.sub(1, x).div(array([2, 4], { dtype: "float64" }));
    expect(y.dtype).toBe("float64");
    y.sum().backward();
    expect(gradientOf(x)).toEqual([-0.5, -0.25]);
  });
});

describe("memory of gradients is nobody else's", () => {
  test("an addition does not make its inputs share one gradient", () => {
    const [a, b] = [leaf([1]), leaf([1])];
    const g = array([1]);
    a.add(b).backward(g);
    g.fill_(7);
    a.gradient!.fill_(9);
    expect(gradientOf(b)).toEqual([1]);
  });

  test("accumulateGradient adds, and keeps a copy of what it received first", () => {
    const x = leaf([0, 0]);
    const g = array([1, 2]);
    x.accumulateGradient(g);
    x.accumulateGradient(g);
    expect([gradientOf(x), g.toArray()]).toEqual([
      [2, 4],
      [1, 2],
    ]);
  });

  test("values and gradients of intermediate tensors stay readable after their graph was released", () => {
    const kept = Array.from({ length: 50 }, (_, i) => {
      const x = leaf([i, 1]);
      const y = x.mul(x);
      const z = y.sum();
      z.backward();
      return { y, z, i };
    });
    for (let i = 0; i < 500; i++) leaf([i, i]).mul(3).sum().backward();
    for (const { y, z, i } of kept) {
      expect([y.data.toArray(), gradientOf(y), z.item(), gradientOf(z)]).toEqual([[i * i, 1], [1, 1], i * i + 1, 1]);
    }
  });
});

describe("graphs", () => {
  test("of 100 000 nodes in a chain do not overflow", () => {
    const x = leaf(1);
    let y: Tensor = x;
    for (let i = 0; i < 100_000; i++) y = y.add(1);
    y.backward();
    expect([y.item(), gradientOf(x)]).toEqual([100_001, 1]);
  });

  test("of 100 000 nodes side by side are gone through once each", () => {
    const x = leaf(1);
    let total: Tensor = new Tensor(0);
    for (let i = 0; i < 50_000; i++) total = total.add(x.mul(2));
    total.backward();
    expect(gradientOf(x)).toBe(100_000);
  });

  test("that the tape has long dropped are still differentiable", () => {
    const [W, x] = [leaf([[2, 3]]), new Tensor([5, 7])];
    const y = W.matmul(x);
    for (let i = 0; i < 3 * Tape.maxSteps; i++) W.matmul(x);
    y.mul(y).sum().backward();
    expect(gradientOf(W)).toEqual([[2 * 31 * 5, 2 * 31 * 7]]);
  });

  test("beside the one that backward goes through stay alive", () => {
    const x = leaf(2);
    const [first, second] = [x.mul(3), x.mul(x)];
    first.backward();
    second.backward();
    expect(gradientOf(x)).toBe(3 + 4);
  });

  test("are not recorded inside noGrad, and are again after it, whatever happens in it", () => {
    const x = leaf(2);
    expect(() =>
      noGrad(() => {
        expect(x.mul(x).requireGrad).toBe(false);
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(x.mul(x).requireGrad).toBe(true);
  });

  test("are not recorded in what follows a noGrad inside another", () => {
    const x = leaf(2);
    noGrad(() => {
      noGrad(() => x.mul(2));
      expect(x.mul(x).requireGrad).toBe(false);
    });
    expect(x.mul(x).requireGrad).toBe(true);
  });

  test("end at a detached tensor", () => {
    const x = leaf(3);
    x.mul(x.detach()).backward();
    expect(gradientOf(x)).toBe(3);
  });

  test("require a gradient as soon as one input does", () => {
    const [a, b] = [leaf(1), new Tensor(1)];
    expect([anyRequireGrad(b, a), anyRequireGrad(b), anyRequireGrad()]).toEqual([true, false, false]);
    expect([a.add(b).requireGrad, b.add(b).requireGrad]).toEqual([true, false]);
  });
});

describe("errors say what happened and what to do", () => {
  const message = (body: () => unknown): string => {
    try {
      body();
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
      return (error as Error).message;
    }
    throw new Error("nothing was thrown");
  };

  test("backward twice on one graph", () => {
    const y = leaf(1).mul(2);
    y.backward();
    expect(() => y.backward()).toThrow(GraphError);
    expect(message(() => y.backward())).toBe(
      "backward: an earlier backward() has gone through this tensor [] and released its graph: compute it again first, or use detach() to hold it constant",
    );
  });

  test("a gradient that arrives at a released part of a graph, and changes nothing then", () => {
    const x = leaf([1, 2]);
    const shared = x.mul(2);
    shared.sum().backward();
    const other = leaf([1, 1]);
    const loss = shared.mul(other).sum();
    expect(() => loss.backward()).toThrow(/released its graph/);
    expect([gradientOf(x), other.gradient]).toEqual([[2, 2], undefined]);
  });

  test("backward where nothing requires a gradient", () => {
    expect(message(() => new Tensor(1).add(1).backward())).toContain("requireGrad: true");
  });

  test("backward from something that is not a scalar, and with a gradient of another shape or dtype", () => {
    const y = leaf([1, 2]).mul(2);
    expect(message(() => y.backward())).toMatch(/^backward: this tensor has shape \[2\]; give the gradient/);
    expect(message(() => y.backward(zeros([3])))).toBe(
      "backward: expected a gradient of shape [2] (float32), received [3] (float32)",
    );
    expect(message(() => y.backward(zeros([2], { dtype: "float64" })))).toContain("received [2] (float64)");
    expect(message(() => y.accumulateGradient([1, 2] as unknown as NdArray))).toContain("expected an NdArray");
  });

  test("item of several elements, and an operand that is none", () => {
    expect(message(() => leaf([1, 2]).item())).toBe("item: expected one element, this tensor has shape [2]");
    expect(message(() => leaf(1).add("1" as unknown as number))).toContain('received "1"');
  });

  test("what is no tensor, an exponent that is no number, an asynchronous noGrad", () => {
    expect(message(() => ops.relu(array([1]) as unknown as Tensor))).toMatch(
      /^relu: expected a Tensor, received .*: wrap it with new Tensor\(…\)$/,
    );
    expect(message(() => leaf(1).power(undefined as unknown as number))).toContain("the exponent must be a number");
    expect(message(() => noGrad(async () => 1))).toContain("must not be async");
  });

  test("backward of what was computed without recording", () => {
    const x = leaf(1);
    expect(message(() => noGrad(() => x.mul(2)).backward())).toContain("inside noGrad");
  });

  test("a gradient of another kind that somebody left there, and no other gradient changes", () => {
    const [a, b] = [leaf([1, 2]), leaf([1, 2])];
    b.gradient = zeros([2], { dtype: "float64" });
    const loss = a.mul(b).sum();
    expect(message(() => loss.backward())).toContain("expected a gradient of shape [2] (float32)");
    expect(a.gradient).toBeUndefined();
    b.zeroGrad();
    loss.backward();
    expect(gradientOf(a)).toEqual([1, 2]);
  });

  test("a mask of another shape", () => {
    expect(message(() => ops.masked(leaf([1, 2]), ones([2, 2])))).toBe(
      "masked: the mask must have the shape of x (expected [2], received [2, 2])",
    );
  });

  test("an operation whose gradient fails leaves every gradient as it was, and the graph usable", () => {
    let isBroken = true;
    const fragile = {
      name: "fragile",
      forward: ([x]: readonly NdArray[]) => x!.mul(2),
      backward: (g: NdArray) => {
        if (isBroken) throw new Error("a bug");
        return g.mul(2);
      },
    };
    const x = leaf([1, 1]);
    x.mul(5).sum().backward();
    const loss = x
      .mul(3)
      .add(apply(fragile, [x], undefined))
      .sum();
    expect(() => loss.backward()).toThrow("a bug");
    expect(gradientOf(x)).toEqual([5, 5]);
    isBroken = false;
    loss.backward();
    expect(gradientOf(x)).toEqual([5 + 3 + 2, 10]);
  });
});

test("a constant power of 0 has gradient 0, at 0 too", () => {
  const x = leaf([0, 2]);
  x.power(0).sum().backward();
  expect(gradientOf(x)).toEqual([0, 0]);
});

/** The bytes of typed arrays that are alive: another thread gives memory back, some time after the collection. */
async function arrayBytes(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let idleRounds = 0; idleRounds < 20; idleRounds++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const now = process.memoryUsage().arrayBuffers;
    if (now < least) [least, idleRounds] = [now, 0];
  }
  return least;
}

test("forward passes that nobody differentiates keep a bounded amount of memory, whatever they read", async () => {
  const W = leaf(zeros([4, 50_000]));
  const before = await arrayBytes();
  for (let i = 0; i < 1000; i++) W.matmul(new Tensor(zeros([50_000])));
  const kept = async () => ((await arrayBytes()) - before) / 4;
  await expect.poll(kept, { timeout: 60_000 }).toBeLessThan(Tape.maxElements + 2 ** 20); // all would be 50 million elements
  expect(await kept()).toBeGreaterThan(Tape.maxElements / 4); // those on the tape are there
}, 120_000);

test("memory is flat over 200 000 steps without anything to dispose of, and when backward is never called", () => {
  const heapMb = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const W = leaf(full([2, 3], 0.1));
  const x = new Tensor(array([1, 2, 3]));
  const steps = (count: number, isTrained: boolean) => {
    for (let i = 0; i < count; i++) {
      const loss = W.matmul(x).sum();
      if (!isTrained) continue;
      W.zeroGrad();
      loss.backward();
      W.data.sub_(W.gradient!.mul(1e-9));
    }
  };
  steps(20_000, true);
  steps(20_000, false);
  const before = heapMb();
  steps(200_000, true);
  steps(200_000, false);
  expect(heapMb() - before).toBeLessThan(4); // a step that stays is 1 kB: a leak would be 400 MB
}, 120_000);

test("a tensor prints its values, how it was computed, and its name", () => {
  const inspect = Symbol.for("nodejs.util.inspect.custom");
  const print = (tensor: Tensor) => (tensor as unknown as Record<symbol, () => string>)[inspect]!();
  const x = new Tensor([1, 2], { requireGrad: true, name: "x" });
  expect([print(x), print(x.mul(2)), String(x)]).toEqual([
    "Tensor([1., 2.], x, requireGrad)",
    "Tensor([2., 4.], ×)",
    "[1. 2.]",
  ]);
});
