// Random programs give the same numbers by the formulas and by the kernels, whatever the heap held before.
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { type Backend, setBackend } from "../kernels/backend.js";
import { floats, release, take } from "../kernels/heap.js";
import { NdArray } from "../nd/nd-array.js";
import { RandomGenerator } from "../nd/random.js";
import { Parameter } from "../nn/parameter.js";
import { Adam } from "../optim/adam.js";
import type { Optimizer } from "../optim/optimizer.js";
import { SGD } from "../optim/sgd.js";
import type { Operation } from "./operation.js";
import * as ops from "./ops.js";
import { Tape } from "./tape.js";
import { apply, noGrad, Tensor } from "./tensor.js";

// A program: sources, then actions on whatever there is by then. Which tensors an action takes is a number modulo how many fit.

interface Action {
  readonly name: string;
  readonly places: readonly [number, number, number];
}

interface Program {
  readonly seed: number;
  /** Rows of a batch, features, classes. */
  readonly sizes: readonly [rows: number, features: number, classes: number];
  readonly optimizer: string;
  readonly actions: readonly Action[];
}

/** What became of an action by the formulas, and has to by the kernels. */
interface Outcome {
  error: string | undefined;
  /** Whether rounding was harmless enough to go on; the run by the formulas decides. */
  isSafe: boolean;
  /** Whether later actions may use what it made. */
  isKept: boolean;
}

/** Numbers that somebody read. */
interface Observation {
  readonly what: string;
  readonly data: NdArray | undefined;
}

/** Few bits each: sums and products of a few are exact, so that both ways of adding up agree on what is 0. */
function draw(random: RandomGenerator, shape: readonly number[]): NdArray {
  const x = random.uniform([...shape], { low: -4, high: 5 });
  x.data.forEach((value, i) => {
    x.data[i] = shape.at(-1)! >= 64 && i % 4 !== 0 ? 0 : Math.floor(value) / 4; // most of many features are 0
  });
  return x;
}

/** Doubles, by an operation that a student wrote. */
const doubled: Operation = {
  name: "doubled",
  forward: ([x]) => x!.mul(2),
  backward: (g) => g.mul(2),
};

/** A tanh whose way back is a graph of its own. */
const inner: Operation = {
  name: "inner",
  forward: ([x]) => noGrad(() => ops.tanh(new Tensor(x!)).data),
  backward: (g, _, [x]) => {
    const again = new Tensor(x!.clone(), { requireGrad: true });
    ops.tanh(again).backward(g);
    return again.gradient!;
  },
};

/** Passes through: its gradient is the very array that came. */
const passed: Operation = { name: "passed", forward: ([x]) => x!.clone(), backward: (g) => g };

const smallest = ({ data }: NdArray) => Math.min(1, ...[...data].map(Math.abs));
const isPositive = ({ data }: NdArray) => data.every((value) => value > 0.2);
const labels = (n: number, classes: number) => Uint8Array.from({ length: n }, (_, i) => (i * 7) % classes);

/** One run of a program under a backend. */
class Run {
  readonly observed: Observation[] = [];
  readonly outcomes: Outcome[] = [];
  /** What actions may use. */
  #pool: Tensor[];
  readonly #all: Tensor[];
  readonly #parameters: readonly Parameter[];
  readonly #optimizer: Optimizer;
  readonly #random: RandomGenerator;
  readonly #program: Program;
  readonly #expected: readonly Outcome[] | undefined;

  readonly #isRestless: boolean;

  /** @param isRestless whether the backend changes after every other action */
  constructor(program: Program, expected?: readonly Outcome[], isRestless = false) {
    const random = new RandomGenerator(program.seed);
    const [rows, features, classes] = program.sizes;
    const parameter = (shape: number[]) => new Parameter(draw(random, shape), "p");
    const leaf = (shape: number[]) => new Tensor(draw(random, shape), { requireGrad: true });
    const constant = (shape: number[]) => new Tensor(draw(random, shape));
    this.#parameters = [
      ...[[classes, features], [classes], [classes, classes], [classes], [rows, features], [features], []].map(
        parameter,
      ),
    ];
    this.#pool = [
      ...this.#parameters,
      ...[[features], [rows, features], [classes], [rows, classes], [rows, 1], []].map(leaf),
      ...[[features], [rows, features], [1, classes], [rows, classes], [1, 1], []].map(constant),
    ];
    this.#all = [...this.#pool];
    this.#optimizer = makeOptimizer(program.optimizer, this.#parameters);
    this.#random = random;
    this.#program = program;
    this.#expected = expected;
    this.#isRestless = isRestless;
  }

  run(): this {
    for (const action of this.#program.actions) this.#perform(action);
    this.#all.forEach((tensor, i) => {
      this.#observe(`value ${i}`, tensor);
      this.observed.push({ what: `gradient ${i}`, data: tensor.gradient?.clone() });
    });
    return this;
  }

  #observe(what: string, tensor: Tensor): void {
    this.observed.push({ what, data: tensor.data.clone() });
  }

  #perform(action: Action): void {
    if (this.#isRestless) setBackend(this.outcomes.length % 4 < 2 ? "reference" : "simd");
    const before = this.#all.length;
    const expected = this.#expected?.[this.outcomes.length];
    const outcome: Outcome = { error: undefined, isSafe: expected?.isSafe ?? true, isKept: expected?.isKept ?? true };
    this.outcomes.push(outcome);
    try {
      this.#act(action);
    } catch (thrown) {
      outcome.error = (thrown as Error).name;
      if (!["ShapeError", "GraphError"].includes(outcome.error)) throw thrown;
    }
    if (this.#all.length === before) return;
    const made = this.#all.at(-1)!;
    if (expected === undefined) outcome.isKept = isSmall(made.data, 1000);
    if (outcome.isKept) this.#pool.push(made);
  }

  /** Whether the run by the formulas found `condition` to hold here; it alone looks. */
  #agree(condition: () => boolean): boolean {
    const outcome = this.outcomes.at(-1)!;
    if (this.#expected === undefined) outcome.isSafe = condition();
    return outcome.isSafe;
  }

  #act({ name, places }: Action): void {
    const operation = operations[name];
    if (operation !== undefined) this.#apply(operation, places);
    else this[name as "backward"](places);
  }

  #pick(place: number, fits: (x: Tensor) => boolean = () => true): Tensor | undefined {
    const fitting = this.#pool.filter(fits);
    return fitting[fitting.length - 1 - (place % fitting.length)];
  }

  #apply(operation: Trial, [p, q, r]: Action["places"]): void {
    const a = this.#pick(p, operation.first);
    const b = a && this.#pick(q, (b) => operation.second?.(b, a) ?? true);
    const c = b && this.#pick(r, (c) => operation.third?.(c, a!) ?? true);
    if (c === undefined) return;
    if (operation.isSafe !== undefined && !this.#agree(() => operation.isSafe!(a!.data, b!.data))) return;
    const compute = () => operation.compute(a!, b!, c, this.#program.sizes);
    this.#all.push(p % 8 === 7 ? noGrad(compute) : compute());
  }

  // Actions, by name

  read([p]: Action["places"]): void {
    this.#observe("read", this.#pick(p)!);
  }

  readGradient([p]: Action["places"]): void {
    this.observed.push({ what: "gradient read", data: this.#pick(p)!.gradient?.clone() });
  }

  detach([p]: Action["places"]): void {
    const x = this.#pick(p, (x) => x.step !== undefined);
    if (x !== undefined) this.#all.push(x.detach());
  }

  backward([p]: Action["places"]): void {
    const y = this.#pick(p, (x) => x.requireGrad && (x.step !== undefined || x.isReleased));
    if (y === undefined) return;
    const before = this.#parameters.map(({ hasGradient }) => hasGradient);
    try {
      y.backward(draw(this.#random, y.shape));
    } catch (thrown) {
      expect(this.#parameters.map(({ hasGradient }) => hasGradient)).toEqual(before);
      throw thrown;
    }
  }

  zeroGrad([p]: Action["places"]): void {
    if (p % 3 === 0) this.#optimizer.zeroGrad();
    else this.#pick(p)!.zeroGrad();
  }

  setGradient([p]: Action["places"]): void {
    const x = this.#parameters[p % this.#parameters.length]!;
    x.gradient = draw(this.#random, x.shape);
  }

  changeGradient([p]: Action["places"]): void {
    this.#parameters[p % this.#parameters.length]!.gradient?.mul_(0.5);
  }

  step(): void {
    const isTame = () => this.#parameters.every(({ gradient }) => gradient === undefined || isSmall(gradient, 100));
    if (!this.#agree(isTame)) return;
    this.#optimizer.step();
    this.#retire();
  }

  assign([p]: Action["places"]): void {
    const x = this.#parameters[p % this.#parameters.length]!;
    const values = draw(this.#random, x.shape);
    if (p % 2 === 0) x.assign(values);
    else x.data.copy_(values);
    this.#retire();
  }

  spill(): void {
    const x = new Tensor([1]);
    noGrad(() => {
      for (let i = 0; i < 2 * Tape.maxSteps; i++) ops.relu(x);
    });
  }

  /** Parameters have moved: what was computed from them is for reading alone. */
  #retire(): void {
    this.#pool = this.#pool.filter((x) => x.step === undefined && !x.isReleased);
  }
}

const isSmall = ({ data }: NdArray, bound: number) => data.every((value) => Math.abs(value) <= bound);

function makeOptimizer(name: string, parameters: readonly Parameter[]): Optimizer {
  if (name === "Adam") return new Adam(parameters, { learningRate: 0.125, epsilon: 0.5, weightDecay: 0.125 });
  const momentum = name === "momentum" ? 0.5 : 0;
  return new SGD(parameters, { learningRate: 0.25, momentum, weightDecay: name === "decay" ? 0.25 : 0 });
}

/** An operation of the library, and what it takes. */
interface Trial {
  readonly first?: (x: Tensor) => boolean;
  readonly second?: (x: Tensor, first: Tensor) => boolean;
  readonly third?: (x: Tensor, first: Tensor) => boolean;
  /** Whether rounding stays harmless. */
  readonly isSafe?: (a: NdArray, b: NdArray) => boolean;
  compute(a: Tensor, b: Tensor, c: Tensor, sizes: Program["sizes"]): Tensor;
}

const isMatrix = (x: Tensor) => x.shape.length === 2;
const isLogits = (x: Tensor) => x.shape.length > 0 && x.shape.length <= 2 && x.shape.at(-1)! > 0;
const isComputed = (x: Tensor) => x.step !== undefined;
const isWeight = (x: Tensor) => isMatrix(x) && x instanceof Parameter;
const broadcasts = (x: Tensor, { shape }: Tensor) => {
  const [short, long] = x.shape.length < shape.length ? [x.shape, shape] : [shape, x.shape];
  return short.every((n, i) => {
    const m = long[long.length - short.length + i]!;
    return n === m || n === 1 || m === 1;
  });
};
const likewise = (x: Tensor, { shape }: Tensor) => x.shape.join() === shape.join();

const operations: Readonly<Record<string, Trial>> = {
  add: { second: broadcasts, compute: (a, b) => a.add(b) },
  addAlike: { second: likewise, compute: (a, b) => ops.add(a, b) },
  addArray: { second: likewise, compute: (a, b) => a.add(b.data) },
  addNumber: { compute: (a) => a.add(0.5) },
  numberMinus: { compute: (a) => ops.sub(0.5, a) },
  sub: { second: broadcasts, compute: (a, b) => a.sub(b) },
  mul: { second: broadcasts, compute: (a, b) => a.mul(b) },
  mulAlike: { second: likewise, compute: (a, b) => a.mul(b) },
  square: { compute: (a) => a.mul(a) },
  half: { compute: (a) => a.mul(0.5) },
  div: { second: broadcasts, isSafe: (_, b) => smallest(b) > 0.2, compute: (a, b) => a.div(b) },
  divAlike: { second: likewise, isSafe: (_, b) => smallest(b) > 0.2, compute: (a, b) => a.div(b) },
  power: { compute: (a) => a.power(2) },
  exp: { isSafe: (a) => isSmall(a, 4), compute: (a) => a.exp() },
  log: { isSafe: isPositive, compute: (a) => a.log() },
  tanh: { compute: (a) => ops.tanh(a) },
  sigmoid: { compute: (a) => ops.sigmoid(a) },
  relu: { compute: (a) => ops.relu(a) },
  softmax: { first: isLogits, compute: (a) => ops.softmax(a) },
  nll: {
    first: isLogits,
    compute: (a) => (isMatrix(a) ? ops.nll(a, labels(a.shape[0]!, a.shape[1]!)) : ops.nll(a, a.size >> 1)),
  },
  masked: {
    compute: (a) =>
      ops.masked(
        a,
        new NdArray(
          Float32Array.from(a.data.data, (_, i) => i % 3),
          a.shape,
        ),
      ),
  },
  sum: { compute: (a) => a.sum() },
  mean: { first: ({ size }) => size > 0, compute: (a) => a.mean() },
  sumRows: { first: isMatrix, compute: (a) => a.sum({ axis: 0 }) },
  sumColumns: { first: isMatrix, compute: (a) => a.sum({ axis: -1, keepDims: true }) },
  reshape: { first: isComputed, compute: (a) => a.reshape([1, a.size]) },
  flatten: { first: isComputed, compute: (a) => a.reshape([-1]) },
  transpose: { first: isMatrix, compute: (a) => a.transpose() },
  matmul: { first: isMatrix, second: (b, a) => a.shape[1] === b.shape[0], compute: (a, b) => a.matmul(b) },
  misfit: { first: isMatrix, compute: (a, b) => a.matmul(b) },
  affine: {
    first: isWeight,
    second: (b, W) => b.shape.length === 1 && b.shape[0] === W.shape[0] && b.requireGrad,
    third: (x, W) => x.shape.length > 0 && x.shape.length <= 2 && x.shape.at(-1) === W.shape[1],
    compute: (W, b, x) => ops.affine(W, b, x),
  },
  custom: { compute: (a) => apply(doubled, [a], undefined) },
  inner: { compute: (a) => apply(inner, [a], undefined) },
  passed: { compute: (a) => apply(passed, [a], undefined) },
};
const often = ["affine", "affine", "affine", "affine", "backward", "backward", "backward", "nll", "relu", "step"];
const others = ["read", "readGradient", "detach", "zeroGrad", "setGradient", "changeGradient", "assign", "spill"];

const place = fc.nat(1000);
const action = fc.record({
  name: fc.constantFrom(...Object.keys(operations), ...often, ...often, ...others),
  places: fc.tuple(fc.oneof(fc.nat(3), place), fc.oneof(fc.nat(3), place), place),
});
const programs: fc.Arbitrary<Program> = fc.record({
  seed: fc.nat(),
  sizes: fc.tuple(fc.constantFrom(0, 1, 3, 64), fc.constantFrom(1, 3, 70, 72), fc.constantFrom(1, 3, 8)),
  optimizer: fc.constantFrom("SGD", "momentum", "decay", "Adam"),
  actions: fc.array(action, { minLength: 5, maxLength: 60, size: "max" }),
});

function runUnder(backend: Backend, program: Program, expected?: readonly Outcome[], isRestless = false): Run {
  setBackend(backend);
  return new Run(program, expected, isRestless).run();
}

/** The free blocks that the next takers get hold `garbage`. */
function litter(garbage: number): void {
  const blocks = [1, 17, 40, 64, 96, 128, 192, 256, 320, 640, 1024, 4480, 5000].flatMap((n) =>
    Array.from({ length: 12 }, () => [take(n), n] as const),
  );
  for (const [block, n] of blocks) {
    floats.fill(garbage, block.pointer >>> 2, (block.pointer >>> 2) + n);
    release(block);
  }
}

const largest = (observed: readonly Observation[]) =>
  Math.max(
    1,
    ...observed.map(({ data }) => Math.max(0, ...[...(data?.data ?? [])].filter(Number.isFinite).map(Math.abs))),
  );

function expectAlike(actual: Run, expected: Run): void {
  expect(actual.outcomes).toEqual(expected.outcomes);
  expect(actual.observed.map(({ what, data }) => `${what} ${data?.shape}`)).toEqual(
    expected.observed.map(({ what, data }) => `${what} ${data?.shape}`),
  );
  const tolerance = 1e-4 * largest(expected.observed);
  actual.observed.forEach(({ what, data }, i) => {
    data?.data.forEach((value, k) => {
      const wanted = expected.observed[i]!.data!.data[k]!;
      if (!(Math.abs(value - wanted) <= tolerance || Object.is(value, wanted))) {
        expect.fail(`${what}, element ${k}: ${value} by the kernels, ${wanted} by the formulas`);
      }
    });
  });
}

const asBits = ({ observed }: Run) =>
  observed.map(({ data }) => data && [...new Uint32Array(data.clone().data.buffer)]);

afterEach(() => {
  setBackend("simd");
});

const numRuns = 150;

describe("random programs of operations, backwards, steps and looks", () => {
  test("give by the kernels the values, gradients and errors that they give by the formulas", () => {
    fc.assert(
      fc.property(programs, (program) => {
        const expected = runUnder("reference", program);
        expectAlike(runUnder("simd", program, expected.outcomes), expected);
      }),
      { numRuns },
    );
  });

  test("give them under backends that change on the way", () => {
    fc.assert(
      fc.property(programs, fc.constantFrom<Backend>("reference", "simd"), (program, first) => {
        const expected = runUnder("reference", program);
        expectAlike(runUnder(first, program, expected.outcomes, true), expected);
      }),
      { numRuns: numRuns / 3 },
    );
  });

  test("give the same bits whatever the heap held before", () => {
    fc.assert(
      fc.property(programs, (program) => {
        const { outcomes } = runUnder("reference", program);
        litter(Number.NaN);
        const afterNaN = runUnder("simd", program, outcomes);
        litter(1e30);
        expect(asBits(runUnder("simd", program, outcomes))).toEqual(asBits(afterNaN));
      }),
      { numRuns: numRuns / 3 },
    );
  });
});
