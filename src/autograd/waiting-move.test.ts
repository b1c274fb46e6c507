import { expect, test } from "vitest";
import fc from "../../test/properties.js";
import { heapSize } from "../kernels/heap.js";
import type { NdArray } from "../nd/nd-array.js";
import { RandomGenerator } from "../nd/random.js";
import { DeepNetwork } from "../nn/networks.js";
import type { Parameter } from "../nn/parameter.js";
import { Adam } from "../optim/adam.js";
import type { Optimizer } from "../optim/optimizer.js";
import { SGD } from "../optim/sgd.js";
import * as ops from "./ops.js";
import { Tensor } from "./tensor.js";

// A plain step of SGD by one example waits until somebody reads the matrix: nobody may see that it does.

/** A network, and what teaches it one example after the other. */
function learner(features: number, width: number) {
  const random = new RandomGenerator(7);
  const network = new DeepNetwork(features, 3, width, 1, { tanh: true, random });
  const W = network.hidden[0]!.W;
  const learn = (optimizer: Optimizer) => {
    const loss = ops.nll(network.forward(new Tensor(random.normal([features]))), 1);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  };
  const sgd = new SGD(network.parameters(), { learningRate: 0.1 });
  return { network, W, learn, sgd };
}

const numbersOf = ({ data }: NdArray) => [...data];

test("training one example at a time gives the same bits, whether somebody looks at the weights between the steps or not", () => {
  const sizes = fc.oneof(fc.constantFrom(1, 4, 10, 12, 16), fc.integer({ min: 1, max: 40 }));
  fc.assert(
    fc.property(sizes, sizes, (features, width) => {
      const [watched, alone] = [learner(features, width), learner(features, width)];
      for (let i = 0; i < 5; i++) {
        watched.learn(watched.sgd);
        watched.W.values();
        alone.learn(alone.sgd);
      }
      expect(numbersOf(alone.W.values())).toEqual(numbersOf(watched.W.values()));
    }),
    { numRuns: 30 },
  );
});

/** Ways to read a matrix, or to move it further. */
const readers: Readonly<Record<string, (W: Parameter, teach: () => void) => unknown>> = {
  values: (W) => numbersOf(W.values()),
  data: (W) => numbersOf(W.data),
  "data.clone": (W) => numbersOf(W.data.clone()),
  "a product on its right": (W) => numbersOf(W.matmul(new Tensor(new RandomGenerator(1).normal([20, 4]))).data),
  "a product on its left": (W) => numbersOf(new Tensor(new RandomGenerator(1).normal([4, 16])).matmul(W).data),
  sum: (W) => W.sum().item(),
  assign: (W) => {
    W.assign(new RandomGenerator(2).normal(W.shape));
    return numbersOf(W.values());
  },
  "another step": (W, teach) => {
    teach();
    return numbersOf(W.values());
  },
};

test.each(Object.keys(readers))("the move that waits is made before %s", (name) => {
  const [seen, waiting] = [learner(20, 16), learner(20, 16)].map(({ W, learn, sgd }, i) => {
    learn(sgd);
    if (i === 0) W.values();
    return readers[name]!(W, () => sgd.step());
  });
  expect(waiting).toEqual(seen);
});

test.each(["momentum", "Adam"])("the move that waits is made before one of another optimizer: %s", (name) => {
  const [seen, waiting] = [learner(20, 16), learner(20, 16)].map(({ network, W, learn, sgd }, i) => {
    const parameters = network.parameters();
    const other = name === "Adam" ? new Adam(parameters) : new SGD(parameters, { learningRate: 0.1, momentum: 0.9 });
    learn(sgd);
    if (i === 0) W.values();
    other.step();
    return numbersOf(W.values());
  });
  expect(waiting).toEqual(seen);
});

test("the gradient stays readable while its move waits", () => {
  const { W, learn, sgd } = learner(20, 16);
  const before = W.values();
  learn(sgd);
  const gradient = W.gradient!;
  const moved = W.values();
  const difference = before.sub(gradient.mul(0.1)).sub(moved);
  expect(Math.max(...difference.data.map(Math.abs))).toBeLessThan(1e-6);
});

test("moves that wait take no more memory from step to step", () => {
  const { learn, sgd } = learner(20, 16);
  for (let i = 0; i < 3; i++) learn(sgd);
  const { inUse } = heapSize();
  for (let i = 0; i < 100; i++) learn(sgd);
  expect(heapSize().inUse).toBe(inUse);
});
