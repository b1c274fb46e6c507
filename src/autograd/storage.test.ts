// The ten rules of storage: what lives on the heap, for how long, and what a student sees of it.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { collectGarbage, data, gold, step } from "../../test/training-steps.js";
import { setBackend } from "../kernels/backend.js";
import { heapSize } from "../kernels/heap.js";
import { array, zeros } from "../nd/creation.js";
import type { NdArray } from "../nd/nd-array.js";
import { RandomGenerator } from "../nd/random.js";
import { DeepNetwork, LinearNetwork } from "../nn/networks.js";
import { Parameter } from "../nn/parameter.js";
import { Adam } from "../optim/adam.js";
import { SGD } from "../optim/sgd.js";
import * as ops from "./ops.js";
import { Tape } from "./tape.js";
import { apply, noGrad, Tensor } from "./tensor.js";

const leaf = (data: ConstructorParameters<typeof Tensor>[0]) => new Tensor(data, { requireGrad: true });
const network = (seed = 1) => new DeepNetwork(70, 4, 9, 2, { tanh: true, random: new RandomGenerator(seed) });
const gradients = ({ parameters }: SGD) => parameters.map(({ gradient }) => gradient!.data.slice());

/** Fills the tape with small steps: what it held before is dropped. */
function fillTape(): void {
  const x = leaf([1, 2]);
  for (let i = 0; i < 2 * Tape.maxSteps; i++) ops.relu(x);
}

/** How many blocks of the heap, at least 64 bytes each, are lost every time that something runs. */
function blocksLost(body: (run: number) => void): number {
  const runs = 10_000; // 4096 blocks more or less are on the tape
  fillTape();
  body(0);
  fillTape();
  const before = heapSize().inUse;
  for (let run = 1; run <= runs; run++) body(run);
  fillTape();
  return Math.round(Math.abs(heapSize().inUse - before) / runs / 64);
}

beforeEach(() => {
  setBackend("simd");
});

describe("1. where arrays live", () => {
  test("an array made by hand is ordinary memory, and stays the one that the tensor was given", () => {
    const given = array([1, 2]);
    const x = leaf(given);
    ops.tanh(x).sum().backward();
    expect(x.data).toBe(given);
    expect(given.data.buffer).toBeInstanceOf(ArrayBuffer);
  });

  test("a parameter begins with a copy and has one live array, that optimisers move", () => {
    const first = array([[1, 2]]);
    const W = new Parameter(first, "W");
    const live = W.data;
    W.mul(3).sum().backward();
    new SGD([W], { learningRate: 1 }).step();
    expect([live.toArray(), W.data === live, first.toArray()]).toEqual([[[-2, -1]], true, [[1, 2]]]);
  });

  test("what is written into the live array of a parameter is what the network computes with", () => {
    const net = new LinearNetwork(70, 2);
    const x = new Tensor(data.row(0));
    net.forward(x);
    net.W.data.fill_(1);
    net.b.data.fill_(0.5);
    const expected = data.row(0).sum() + 0.5;
    expect(net.forward(x).data.at(1)).toBeCloseTo(expected, 4);
  });
});

describe("2. references are counted", () => {
  test("forward, backward and step give every block back, with any optimiser", () => {
    const optimizers = [
      (net: DeepNetwork) => new SGD(net.parameters(), { learningRate: 0.1 }),
      (net: DeepNetwork) => new SGD(net.parameters(), { learningRate: 0.1, momentum: 0.9, weightDecay: 0.1 }),
      (net: DeepNetwork) => new Adam(net.parameters()),
    ];
    for (const make of optimizers) {
      const net = network();
      const optimizer = make(net);
      const lost = blocksLost((i) => {
        step(net, optimizer, i);
        optimizer.zeroGrad();
      });
      expect(lost).toBe(0);
    }
  }, 120_000);

  test("so do batches, exposed parameters, gradients that are read, and shared layers", () => {
    const net = network();
    const optimizer = new SGD(net.parameters(), { learningRate: 0.1 });
    void net.hidden[1]!.W.data.data;
    const lost = blocksLost(() => {
      optimizer.zeroGrad();
      const x = new Tensor(data.rows(0, 8));
      const logits = net.output.forward(
        net.hidden[1]!.forward(net.hidden[1]!.forward(ops.relu(net.hidden[0]!.forward(x)))),
      );
      ops.nll(logits, [0, 1, 2, 3, 0, 1, 2, 3]).backward();
      void net.output.W.gradient;
      optimizer.step();
      optimizer.zeroGrad();
    });
    expect(lost).toBe(0);
  }, 120_000);
});

describe("3. operands of both kinds", () => {
  test.each([1, 8])("an input that is overwritten before backward does not change the gradient, %i rows", (rows) => {
    const net = network();
    const optimizer = new SGD(net.parameters(), { learningRate: 0.1 });
    const gradientsWith = (spoil: (x: NdArray) => void) => {
      const x = rows === 1 ? data.row(3).clone() : data.rows(0, rows).clone();
      optimizer.zeroGrad();
      const loss = ops.nll(
        net.forward(new Tensor(x)),
        rows === 1 ? 2 : Array.from({ length: rows }, (_, i) => gold(i)),
      );
      spoil(x);
      loss.backward();
      return gradients(optimizer);
    };
    expect(gradientsWith((x) => x.fill_(9))).toEqual(gradientsWith(() => {}));
  });

  test("an array that is edited between two steps is read anew", () => {
    const x = new Tensor(array([0.5, 2]));
    ops.tanh(x);
    x.data.data[0] = 0;
    expect(ops.tanh(x).data.at(0)).toBe(0);
  });
});

describe("4. backward releases what it went through, and nothing else", () => {
  test("of two losses that share the parameters, the second stays differentiable", () => {
    const net = network();
    const optimizer = new SGD(net.parameters(), { learningRate: 0.1 });
    const lossOf = (i: number) => ops.nll(net.forward(new Tensor(data.row(i))), gold(i));
    const alone = [1, 2].map((i) => {
      optimizer.zeroGrad();
      lossOf(i).backward();
      return gradients(optimizer);
    });
    optimizer.zeroGrad();
    const [first, second] = [lossOf(1), lossOf(2)];
    first.backward();
    expect(gradients(optimizer)).toEqual(alone[0]);
    second.backward();
    const both = gradients(optimizer);
    both.forEach((values, p) => {
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(alone[0]![p]![i]! + alone[1]![p]![i]!, 5);
      });
    });
  });

  test("two losses that share a computed node: the second backward says that it is gone", () => {
    const net = network();
    const logits = net.forward(new Tensor(data.row(0)));
    const [first, second] = [ops.nll(logits, 1), ops.nll(logits, 2)];
    first.backward();
    expect(() => second.backward()).toThrow(/released its graph/);
  });
});

describe("5. what is kept stays readable", () => {
  test("tensors and gradients that are read long after their step hold, number for number, what they held in it", () => {
    const run = (readInTime: boolean) => {
      const net = network();
      const optimizer = new SGD(net.parameters(), { learningRate: 0.1 });
      const kept: (() => unknown)[] = [];
      for (let i = 0; i < 300; i++) {
        const h = ops.tanh(net.hidden[0]!.forward(new Tensor(data.row(i))));
        const logits = net.output.forward(h);
        const loss = ops.nll(logits, gold(i));
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        const read = () => [h, logits, loss].map(({ data, gradient }) => [data.data.slice(), gradient!.data.slice()]);
        const values = readInTime ? read() : undefined;
        kept.push(() => values ?? read());
      }
      for (let i = 0; i < 300; i++) step(net, optimizer, i);
      return kept.map((read) => read());
    };
    expect(run(false)).toEqual(run(true));
  });
});

describe("6. who sees live memory", () => {
  test("the data of a result is a private copy: writing to it changes no gradient", () => {
    const x = leaf([0.5, 2]);
    const y = ops.tanh(x);
    const expected = 1 - y.data.at(0) ** 2;
    y.data.fill_(0);
    y.sum().backward();
    expect(x.gradient!.at(0)).toBeCloseTo(expected, 6);
  });

  test("nor does it when the result leaves the heap before", () => {
    const x = leaf([0.5, 2]);
    const y = ops.tanh(x);
    const expected = 1 - y.data.at(0) ** 2;
    y.data.fill_(0);
    const total = y.sum();
    for (let i = 0; i < 2 * Tape.maxSteps; i++) ops.relu(x);
    total.backward();
    expect(x.gradient!.at(0)).toBeCloseTo(expected, 6);
  });

  test("what is written into that copy is what later operations read, as the page shows it", () => {
    const y = leaf([1, 2]).mul(3);
    y.data.fill_(10);
    expect(y.add(1).data.toArray()).toEqual([11, 11]);
  });

  test("the gradient of a parameter can be changed in place before the step", () => {
    const net = new LinearNetwork(70, 4);
    const optimizer = new SGD(net.parameters(), { learningRate: 1 });
    ops.nll(net.forward(new Tensor(data.row(0))), 1).backward();
    for (const { gradient } of net.parameters()) gradient!.fill_(2);
    optimizer.step();
    expect([...new Set([...net.W.data.data, ...net.b.data.data])]).toEqual([-2]);
  });

  test("a parameter gives the same numbers by rows and by columns, before and after somebody has looked", () => {
    const [looked, alone] = [network(), network()];
    const optimizers = [looked, alone].map((net) => new Adam(net.parameters()));
    for (let i = 0; i < 20; i++) {
      if (i === 7) for (const { data } of looked.parameters()) void data.data;
      step(looked, optimizers[0]!, i);
      step(alone, optimizers[1]!, i);
    }
    looked.parameters().forEach((parameter, p) => {
      const others = alone.parameters()[p]!.values().data;
      parameter.data.data.forEach((value, i) => {
        expect(value).toBeCloseTo(others[i]!, 4);
      });
    });
  });

  test("filling, copying to and copying the live array leave a matrix as it lies; asking for its numbers settles it", () => {
    const W = new LinearNetwork(70, 4).W;
    const live = W.data;
    const values = new RandomGenerator(1).normal([4, 70]);
    live.fill_(2);
    expect([live.size, live.dtype, live.clone().sum()]).toEqual([280, "float32", 560]);
    live.copy_(values);
    expect([live.clone(), W.values(), W.stride]).toEqual([values, values, 4]);
    expect(() => live.copy_(zeros([70, 4]))).toThrow("copy_: expected shape [4, 70], received [70, 4]");
    live.data[3] = 9;
    expect([W.stride, W.values().data[3], W.data]).toEqual([0, 9, live]);
    live.copy_(values).fill_(5);
    expect(W.values().sum()).toBe(5 * 280);
  });

  test("looking in the middle of a step changes no gradient", () => {
    const run = (look: (net: DeepNetwork) => void) => {
      const net = network();
      const loss = ops.nll(net.forward(new Tensor(data.row(0))), 1);
      look(net);
      loss.backward();
      look(net);
      return net.parameters().map(({ gradient }) => gradient!.data);
    };
    const [watched, expected] = [run((net) => net.parameters().map(({ data }) => data.data)), run(() => {})];
    watched.forEach((gradient, p) => {
      gradient.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[p]![i]!, 6);
      });
    });
  });
});

describe("7. the budget", () => {
  test("600 000 forward passes without backward hold a bounded part of the heap", () => {
    const net = new LinearNetwork(70, 4);
    const x = new Tensor(data.row(0));
    for (let i = 0; i < 10_000; i++) net.forward(x);
    const before = heapSize().reserved;
    for (let i = 0; i < 600_000; i++) net.forward(x);
    expect(heapSize().reserved).toBe(before);
  }, 120_000);

  test.each([1, 8])("a gradient through a graph that has left the heap is that of a fresh one, %i rows", (rows) => {
    const net = network();
    const optimizer = new SGD(net.parameters(), { learningRate: 0.1 });
    const labels = rows === 1 ? 2 : Array.from({ length: rows }, (_, i) => gold(i));
    const gradientsAfter = (others: number) => {
      const x = rows === 1 ? data.row(3).clone() : data.rows(0, rows).clone();
      const h = ops.relu(net.hidden[0]!.forward(new Tensor(x))).mul(0.5);
      const logits = net.output.forward(ops.sigmoid(net.hidden[1]!.forward(h.mul(h).add(h.div(h.exp())))));
      x.fill_(9);
      for (let i = 0; i < others; i++) net.output.forward(new Tensor(zeros([9])));
      optimizer.zeroGrad();
      ops.nll(logits, labels).backward();
      return gradients(optimizer);
    };
    const [fresh, spilled] = [gradientsAfter(0), gradientsAfter(2 * Tape.maxSteps)];
    fresh.forEach((values, p) => {
      values.forEach((value, i) => {
        expect(spilled[p]![i]).toBeCloseTo(value, 5);
      });
    });
  });
});

test("8. a gradient that arrives at a released node throws, and the node is still readable", () => {
  const net = network();
  const h = net.hidden[0]!.forward(new Tensor(data.row(0)));
  const values = h.data.data.slice();
  h.sum().backward();
  expect(() => ops.nll(net.output.forward(h), 1).backward()).toThrow(/use detach\(\)/);
  expect(h.data.data).toEqual(values);
});

describe("9. a backward that fails", () => {
  const broken = {
    name: "broken",
    forward: ([x]: readonly NdArray[]) => x!.mul(2),
    backward: (): NdArray => {
      throw new Error("a bug");
    },
  };

  test("drops what had arrived: no gradient changes, no block is lost, and the next step is right", () => {
    const net = network();
    const optimizer = new SGD(net.parameters(), { learningRate: 0.1 });
    const fail = () => {
      const h = apply(broken, [net.hidden[0]!.forward(new Tensor(data.row(0)))], undefined);
      expect(() => ops.nll(net.output.forward(net.hidden[1]!.forward(h)), 1).backward()).toThrow("a bug");
    };
    optimizer.zeroGrad();
    fail();
    expect(net.parameters().map(({ gradient }) => gradient)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(blocksLost(fail)).toBe(0);
    step(net, optimizer, 1);
    const clean = network();
    step(clean, new SGD(clean.parameters(), { learningRate: 0.1 }), 1);
    expect(net.output.W.values()).toEqual(clean.output.W.values());
  });

  test("forward passes that fail lose nothing either", () => {
    const net = network();
    const lost = blocksLost(() => {
      expect(() => net.output.forward(net.hidden[0]!.forward(new Tensor(data.row(0))).reshape([3, 3]))).toThrow(
        "received [3, 3]",
      );
    });
    expect(lost).toBe(0);
  });
});

describe("10. gradients in factors", () => {
  test("are what a gradient written out is: read or not, the step is the same", () => {
    const run = (read: (parameter: Parameter) => unknown) => {
      const net = network();
      const optimizer = new SGD(net.parameters(), { learningRate: 0.1 });
      for (let i = 0; i < 10; i++) {
        ops.nll(net.forward(new Tensor(data.row(i))), gold(i)).backward();
        optimizer.parameters.forEach(read);
        optimizer.step();
        optimizer.zeroGrad();
      }
      return net.parameters().flatMap((parameter) => [...parameter.values().data]);
    };
    const [factors, written] = [run(() => {}), run(({ gradient }) => gradient)];
    factors.forEach((value, i) => {
      expect(value).toBeCloseTo(written[i]!, 6);
    });
  });

  test("are added up when a layer is used twice, and when backward comes twice", () => {
    const layer = new LinearNetwork(3, 3);
    layer.W.data.copy_(
      array([
        [1, 2, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
    );
    const forward = () => layer.forward(layer.forward(new Tensor([1, 1, 1]))).sum();
    forward().backward();
    const once = layer.W.gradient!.clone();
    expect(once.toArray()).toEqual([
      [4, 2, 2],
      [6, 4, 4],
      [4, 2, 2],
    ]);
    forward().backward();
    expect(layer.W.gradient!.toArray()).toEqual(once.mul(2).toArray());
  });

  test("go with zeroGrad", () => {
    const net = network();
    const optimizer = new SGD(net.parameters(), { learningRate: 0.1 });
    const before = net.parameters().map((parameter) => parameter.values());
    ops.nll(net.forward(new Tensor(data.row(0))), 1).backward();
    optimizer.zeroGrad();
    optimizer.step();
    expect(net.parameters().map((parameter) => parameter.values())).toEqual(before);
    expect(net.output.W.gradient).toBeUndefined();
  });
});

test("networks that nobody holds any more give their memory back", async () => {
  const make = () => {
    for (let i = 0; i < 50; i++) {
      const net = new DeepNetwork(200, 10, 100, 1, { random: new RandomGenerator(1) });
      const optimizer = new Adam(net.parameters());
      ops.nll(net.forward(new Tensor(zeros([200]))), 1).backward();
      optimizer.step();
    }
  };
  make();
  await letGo(10);
  const before = heapSize().inUse;
  make();
  expect(heapSize().inUse).toBeGreaterThan(before + 50 * 4 * 3 * 20_000);
  await comesBackTo(before);
}, 120_000);

/** Has garbage collected so many times; registries are told of it between turns of the event loop. */
async function letGo(times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    fillTape();
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Resolves once no more is in use than was before, or so little that no network fits in it. */
const comesBackTo = (before: number): Promise<void> =>
  vi.waitFor(
    async () => {
      await letGo(1);
      expect(heapSize().inUse - before).toBeLessThan(100_000);
    },
    { timeout: 60_000 },
  );

describe("products of matrices", () => {
  const shapes: (readonly [number[], number[]])[] = [
    [
      [3, 5],
      [5, 7],
    ],
    [[5], [5, 7]],
    [[3, 5], [5]],
    [[5], [5]],
    [
      [1, 1],
      [1, 1],
    ],
    [
      [17, 33],
      [33, 9],
    ],
  ];
  const make = { Tensor: (x: NdArray) => leaf(x), Parameter: (x: NdArray) => new Parameter(x, "W") };
  const cases = shapes.flatMap(([a, b]) =>
    (["Tensor", "Parameter"] as const).flatMap((left) =>
      (["Tensor", "Parameter"] as const).map((right) => [left, a, right, b] as const),
    ),
  );

  test.each(cases)("of a %s %j and a %s %j, and their gradients, are those of the formulas", (left, a, right, b) => {
    const run = (backend: "simd" | "reference", look: boolean) => {
      setBackend(backend);
      const random = new RandomGenerator(3);
      const [A, B] = [make[left](random.normal(a)), make[right](random.normal(b))];
      const y = A.add(0).matmul(B).add(A.matmul(B)); // once from the tape, once as they are
      if (look) void [A.data.data, B.data.data];
      const result = [...y.data.data];
      y.mul(y).sum().backward();
      return [...result, ...A.gradient!.data, ...B.gradient!.data];
    };
    const expected = run("reference", false);
    for (const look of [true, false]) {
      run("simd", look).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 2 - Math.ceil(Math.log10(Math.abs(expected[i]!) + 1)) + 2);
      });
    }
  });
});

describe("operands that move, and operations that misbehave", () => {
  test("a parameter as input: the gradient of W is that of the values it had, whichever is moved first", () => {
    const [x, W, b] = [
      [1, 2],
      [
        [1, 0],
        [0, 1],
      ],
      [0, 0],
    ].map((values) => new Parameter(array(values), "p"));
    ops.affine(W!, b!, x!).sum().backward();
    new SGD([x!, W!, b!], { learningRate: 1 }).step();
    expect(W!.values().toArray()).toEqual([
      [0, -2],
      [-1, -1],
    ]);
  });

  test("an operation whose gradient has another shape than its input is named", () => {
    const repeated = {
      name: "repeated",
      forward: ([x]: readonly NdArray[]) => zeros([4, 3]).add(x!),
      backward: (g: NdArray) => g,
    };
    const b = new Parameter(array([1, 2, 3]), "b");
    expect(() => apply(repeated, [b], undefined).sum().backward()).toThrow(
      'the backward of "repeated", for input 0: expected a gradient of shape [3] (float32), received [4, 3] (float32)',
    );
    expect(b.gradient).toBeUndefined();
  });

  test("a backward inside an operation that releases a part of the outer graph: an error, no gradient that lacks a part", () => {
    const x = leaf([1, 2]);
    const h = x.mul(3);
    const greedy = {
      name: "greedy",
      forward: ([x]: readonly NdArray[]) => x!.clone(),
      backward: (g: NdArray) => {
        h.sum().backward();
        return g;
      },
    };
    expect(() => apply(greedy, [h], undefined).add(h).sum().backward()).toThrow(/a part of this very graph/);
  });

  test("a look at a matrix while a backward runs inside of another one leaves its gradient right", () => {
    const run = (look: (W: Parameter) => unknown) => {
      const layer = new LinearNetwork(3, 3);
      layer.W.assign(new RandomGenerator(1).uniform([3, 3]));
      const through = (before: () => unknown) => (x: Tensor) => {
        const forward = ([x]: readonly NdArray[]) => x!.clone();
        const backward = (g: NdArray) => {
          before();
          return g;
        };
        return apply({ name: "through", forward, backward }, [x], undefined);
      };
      const looking = through(() => look(layer.W));
      const outer = through(() =>
        looking(leaf([1]))
          .sum()
          .backward(),
      );
      layer
        .forward(layer.forward(outer(leaf([1, 2, 3]))))
        .sum()
        .backward();
      return [...layer.W.gradient!.data];
    };
    expect(run(({ data }) => data.data)).toEqual(run(() => {}));
  });

  test("a list that was given as a shape may be changed afterwards", () => {
    const shape = [2, 3];
    const y = leaf([1, 2, 3, 4, 5, 6]).mul(1).reshape(shape);
    shape.reverse();
    expect(y.shape).toEqual([2, 3]);
  });

  test("nothing instead of an array is an error that says so", () => {
    expect(() => new Tensor(undefined as never)).toThrow(/expected a number, received undefined/);
  });
});

test("a forward pass gives the same bits inside noGrad and outside", () => {
  const net = new DeepNetwork(70, 4, 128, 2, { random: new RandomGenerator(1) });
  for (const { b } of net.hidden) b.assign(zeros([128]).sub(0.5)); // most activations are 0
  const x = new Tensor(new RandomGenerator(2).normal([70]));
  expect(noGrad(() => net.forward(x)).data).toEqual(net.forward(x).data);
});

test("networks that are gone give their memory back, penalties and assigned values or not", async () => {
  const makeSome = () => {
    for (let i = 0; i < 50; i++) {
      const W = new Parameter(zeros([60, 60]), "W");
      W.mul(W).sum().backward();
      new Parameter(zeros([1000]), "b").assign(zeros([1000]));
    }
  };
  makeSome();
  await letGo(10);
  const before = heapSize().inUse;
  makeSome();
  expect(heapSize().inUse).toBeGreaterThan(before + 50 * 4 * 3600);
  await comesBackTo(before);
}, 120_000);

test.each(["simd", "reference"] as const)("a parameter begins with a copy under %s", (backend) => {
  setBackend(backend);
  const first = array([1, 2]);
  const b = new Parameter(first, "b");
  first.fill_(0);
  expect(b.values().toArray()).toEqual([1, 2]);
});
