// When memory runs out in the middle: no gradient changes or is lost, and the same again gives the right numbers.
import { beforeEach, expect, test, vi } from "vitest";
import { RandomGenerator } from "../nd/random.js";
import { Parameter } from "../nn/parameter.js";
import * as ops from "./ops.js";
import { Tensor } from "./tensor.js";

const memory = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));

vi.mock("../kernels/heap.js", async (importOriginal) => {
  const heap = await importOriginal<typeof import("../kernels/heap.js")>();
  const expectMemory = () => {
    if (memory.left-- <= 0) throw new heap.HeapError("full");
  };
  return {
    ...heap,
    get floats() {
      return heap.floats;
    },
    get words() {
      return heap.words;
    },
    get kernels() {
      return heap.kernels;
    },
    take: (n: number) => {
      expectMemory();
      return heap.take(n);
    },
    copyIn: (values: Float32Array) => {
      expectMemory();
      return heap.copyIn(values);
    },
  };
});

/** Two layers, a penalty, and the loss of a batch that is mostly zeros. */
function makeWorld() {
  const random = new RandomGenerator(3);
  const parameters = [[5, 70], [5], [3, 5], [3]].map((shape) => new Parameter(random.uniform(shape), "p"));
  const [W1, b1, W2, b2] = parameters as [Parameter, Parameter, Parameter, Parameter];
  const x = random.uniform([4, 70]);
  x.data.forEach((_, i) => {
    if (i % 4 > 0) x.data[i] = 0;
  });
  const computeLoss = () => {
    const logits = ops.affine(W2, b2, ops.tanh(ops.affine(W1, b1, new Tensor(x))));
    return ops.nll(logits, [0, 1, 2, 0]).add(W2.mul(W2).sum());
  };
  return { parameters, computeLoss };
}

const gradientsOf = ({ parameters }: ReturnType<typeof makeWorld>) =>
  parameters.map(({ gradient }) => gradient?.data.slice());

function expectClose(actual: ReturnType<typeof gradientsOf>, expected: ReturnType<typeof gradientsOf>): void {
  expected.forEach((gradient, p) => {
    expect(actual[p]?.length).toBe(gradient?.length);
    gradient?.forEach((value, i) => {
      expect(actual[p]![i]).toBeCloseTo(value, 4);
    });
  });
}

beforeEach(() => {
  memory.left = Number.POSITIVE_INFINITY;
});

/** How often `backward` has been before, and what is done then. */
const cases: [string, number, (world: ReturnType<typeof makeWorld>) => () => unknown][] = [
  ["a first backward", 0, ({ computeLoss }) => later(computeLoss())],
  ["a second backward", 1, ({ computeLoss }) => later(computeLoss())],
  ["a look at the gradients", 1, (world) => () => gradientsOf(world)],
  [
    "a look at the values",
    1,
    ({ parameters }) =>
      () =>
        parameters.map(({ data }) => data.data),
  ],
];
const later = (loss: Tensor) => () => loss.backward();

test.each(cases)("%s fails whole, and can be done again", (_, backwards, prepare) => {
  const makeReady = () => {
    const world = makeWorld();
    for (let i = 0; i < backwards; i++) world.computeLoss().backward();
    return { world, act: prepare(world) };
  };
  const [before, after] = [makeReady(), makeReady()];
  const untouched = gradientsOf(before.world);
  after.act();
  const done = gradientsOf(after.world);
  let hasFailed = true;
  for (let blocks = 0; hasFailed; blocks++) {
    const { world, act } = makeReady();
    memory.left = blocks;
    hasFailed = failsForMemory(act);
    memory.left = Number.POSITIVE_INFINITY;
    if (hasFailed && blocks % 2 === 0) expectClose(gradientsOf(world), untouched); // looking turns them into arrays
    if (hasFailed) act();
    expectClose(gradientsOf(world), done);
  }
});

function failsForMemory(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if ((error as Error).name !== "HeapError") throw error;
    return true;
  }
}
