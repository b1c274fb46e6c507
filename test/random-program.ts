// Random programs of tensors: operations, backwards, steps of an optimiser and looks, on whatever there is by then. A run by
// the formulas says what is to come out of the runs by the kernels.
import { expect } from "vitest";
import * as ops from "../src/autograd/ops.js";
import { Tape } from "../src/autograd/tape.js";
import { noGrad, Tensor } from "../src/autograd/tensor.js";
import { setBackend } from "../src/kernels/backend.js";
import type { NdArray } from "../src/nd/nd-array.js";
import { RandomGenerator } from "../src/nd/random.js";
import { Parameter } from "../src/nn/parameter.js";
import { Adam } from "../src/optim/adam.js";
import type { Optimizer } from "../src/optim/optimizer.js";
import { SGD } from "../src/optim/sgd.js";
import fc from "./properties.js";
import { isSmall, operations, type Sizes, type Trial } from "./random-operations.js";

interface Action {
  readonly name: string;
  /** Which tensors it takes: numbers modulo how many fit, the latest first. */
  readonly places: readonly [number, number, number];
}

export interface Program {
  readonly seed: number;
  readonly sizes: Sizes;
  readonly optimizer: string;
  readonly actions: readonly Action[];
}

/** What became of an action by the formulas, and has to by the kernels. */
export interface Outcome {
  error: string | undefined;
  /** Whether rounding was harmless enough to go on; the run by the formulas decides. */
  isSafe: boolean;
  /** Whether later actions may use what it made. */
  isKept: boolean;
}

/** Numbers that somebody read. */
export interface Observation {
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

/** One run of a program under a backend. */
export class Run {
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

  /**
   * @param expected what became of the actions by the formulas, for a run by the kernels
   * @param isRestless whether the backend changes after every other action
   */
  constructor(program: Program, expected?: readonly Outcome[], isRestless = false) {
    const random = new RandomGenerator(program.seed);
    const [rows, features, classes] = program.sizes;
    const parameter = (shape: number[]) => new Parameter(draw(random, shape), "p");
    const leaf = (shape: number[]) => new Tensor(draw(random, shape), { requireGrad: true });
    const constant = (shape: number[]) => new Tensor(draw(random, shape));
    const shapes = [[rows, features], [features], [], [classes, features], [classes], [classes, classes], [classes]];
    this.#parameters = shapes.map(parameter);
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

  read([p, q]: Action["places"]): void {
    this.#observe("read", q % 2 === 0 ? this.#pick(p)! : this.#parameters[p % this.#parameters.length]!);
  }

  readGradient([p]: Action["places"]): void {
    this.observed.push({ what: "gradient read", data: this.#pick(p)!.gradient?.clone() });
  }

  detach([p]: Action["places"]): void {
    const x = this.#pick(p, (x) => x.step !== undefined);
    if (x !== undefined) this.#all.push(x.detach());
  }

  backward([p, q]: Action["places"]): void {
    const isDifferentiable = (x: Tensor) => x.requireGrad && (x.step !== undefined || x.isReleased);
    const y =
      q % 2 === 0 ? this.#pick(p, isDifferentiable) : this.#total(this.#pool.filter(isDifferentiable).slice(-6));
    if (y === undefined) return;
    const before = this.#parameters.map(({ hasGradient }) => hasGradient);
    try {
      y.backward(draw(this.#random, y.shape));
    } catch (thrown) {
      expect(this.#parameters.map(({ hasGradient }) => hasGradient)).toEqual(before);
      throw thrown;
    }
  }

  /** The sum of all their elements: a loss that depends on them all. */
  #total(tensors: readonly Tensor[]): Tensor | undefined {
    const alive = tensors.filter(({ isReleased }) => !isReleased);
    return alive.map((x) => x.sum()).reduce<Tensor | undefined>((sum, x) => sum?.add(x) ?? x, undefined);
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

  /** A step of training, of a layer and of what it receives. */
  train(places: Action["places"]): void {
    if (places[0] % 2 === 0) this.#optimizer.zeroGrad();
    const before = this.#all.length;
    this.#apply(operations["affine"]!, places);
    if (this.#all.length > before && this.#all.at(-1)!.requireGrad) this.#all.at(-1)!.sum().backward();
    this.step();
  }

  assign([p]: Action["places"]): void {
    const x = this.#parameters[p % this.#parameters.length]!;
    const values = draw(this.#random, x.shape);
    if (p % 3 === 0) x.assign(values);
    else if (p % 3 === 1) x.data.copy_(values);
    else x.data.fill_(0.25).add_(0.25);
    this.#retire();
  }

  spill(): void {
    const x = new Tensor([1]);
    noGrad(() => {
      for (let i = 0; i <= Tape.maxSteps; i++) ops.relu(x);
    });
  }

  /** Parameters have moved: what was computed from them is for reading alone. */
  #retire(): void {
    this.#pool = this.#pool.filter((x) => x.step === undefined && !x.isReleased);
  }
}

function makeOptimizer(name: string, parameters: readonly Parameter[]): Optimizer {
  if (name === "Adam") return new Adam(parameters, { learningRate: 0.125, epsilon: 0.5, weightDecay: 0.125 });
  const momentum = name === "momentum" ? 0.5 : 0;
  return new SGD(parameters, { learningRate: 0.25, momentum, weightDecay: name === "decay" ? 0.25 : 0 });
}

const often = [
  "affine",
  "affine",
  "affine",
  "affine",
  "backward",
  "backward",
  "backward",
  "nll",
  "relu",
  "matmul",
  "step",
];
const others = [
  "read",
  "read",
  "spill",
  "readGradient",
  "detach",
  "zeroGrad",
  "setGradient",
  "changeGradient",
  "assign",
  "spill",
];

const place = fc.nat(1000);
const action = fc.record({
  name: fc.constantFrom(...Object.keys(operations), ...often, ...often, ...others),
  places: fc.tuple(fc.oneof(fc.nat(3), place), fc.oneof(fc.nat(3), place), place),
});
export const programs: fc.Arbitrary<Program> = fc.record({
  seed: fc.nat(),
  sizes: fc.tuple(fc.constantFrom(0, 1, 3, 64), fc.constantFrom(1, 3, 70, 72), fc.constantFrom(1, 3, 8)),
  optimizer: fc.constantFrom("SGD", "SGD", "momentum", "decay", "Adam"),
  actions: fc.array(action, { minLength: 5, maxLength: 60, size: "max" }),
});
