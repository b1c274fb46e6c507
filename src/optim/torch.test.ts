import { expect, test } from "vitest";
import {
  expectClose,
  type FrozenArray,
  type FrozenNumber,
  readFixture,
  thaw,
  thawNumber,
} from "../../test/oracle/oracle.js";
import * as ops from "../autograd/ops.js";
import { Tensor } from "../autograd/tensor.js";
import { array } from "../nd/creation.js";
import { Parameter } from "../nn/parameter.js";
import { Adam, AdamW } from "./adam.js";
import type { Optimizer } from "./optimizer.js";
import { CosineAnnealingLR, ExponentialLR, ReduceLROnPlateau, type Schedule, StepLR } from "./schedules.js";
import { SGD } from "./sgd.js";

type Options = Readonly<Record<string, unknown>>;

interface Fixture {
  readonly problem: {
    readonly X: FrozenArray;
    readonly gold: number[];
    readonly W: FrozenArray;
    readonly b: FrozenArray;
  };
  /** After how many steps, each time, the parameters were frozen. */
  readonly every: number;
  readonly optimizers: readonly {
    readonly optimizer: string;
    readonly options: Options;
    readonly after: FrozenArray[][];
  }[];
  readonly learningRate: number;
  readonly losses: readonly number[];
  readonly schedules: readonly {
    readonly schedule: string;
    readonly options: Options;
    readonly rates: FrozenNumber[];
  }[];
}

const { problem, every, optimizers, learningRate, losses, schedules } = readFixture<Fixture>("torch-optim.json");

/** The cases with their options written out, for the names of tests. */
const titled = <Case extends { readonly options: Options }>(cases: readonly Case[]) =>
  cases.map((one) => ({ ...one, title: JSON.stringify(one.options) }));

const makeOptimizer: Record<string, (parameters: Parameter[], options: never) => Optimizer> = {
  SGD: (parameters, options) => new SGD(parameters, options),
  Adam: (parameters, options) => new Adam(parameters, options),
  AdamW: (parameters, options) => new AdamW(parameters, options),
};

test.each(titled(optimizers))(
  "$optimizer $title follows PyTorch through 50 steps in float64",
  ({ optimizer, options, after }) => {
    const [W, b] = [new Parameter(thaw(problem.W), "W"), new Parameter(thaw(problem.b), "b")];
    const X = new Tensor(thaw(problem.X));
    const moving = makeOptimizer[optimizer]!([W, b], options as never);
    after.forEach(([expectedW, expectedB], block) => {
      for (let step = 0; step < every; step++) {
        moving.zeroGrad();
        ops.nll(ops.affine(W, b, X), problem.gold).backward();
        moving.step();
      }
      expectClose(W.data, thaw(expectedW!), 1e-13, `W after ${every * (block + 1)} steps`);
      expectClose(b.data, thaw(expectedB!), 1e-13, `b after ${every * (block + 1)} steps`);
    });
    expect(after.length).toBe(5);
  },
);

const makeSchedule: Record<string, (optimizer: Optimizer, options: never) => Schedule> = {
  StepLR: (optimizer, options) => new StepLR(optimizer, options),
  ExponentialLR: (optimizer, options) => new ExponentialLR(optimizer, options),
  CosineAnnealingLR: (optimizer, options) => new CosineAnnealingLR(optimizer, options),
  ReduceLROnPlateau: (optimizer, options) => new ReduceLROnPlateau(optimizer, options),
};

test.each(titled(schedules))(
  "$schedule $title gives PyTorch's rates over 40 epochs",
  ({ schedule, options, rates }) => {
    const optimizer = new SGD([new Parameter(array([0]), "W")], { learningRate });
    const changing = makeSchedule[schedule]!(optimizer, options as never);
    const received = losses.map((loss) => {
      changing.step(loss);
      return optimizer.learningRate;
    });
    const expected = rates.map(thawNumber);
    const differs = received.findIndex((rate, i) => Math.abs(rate - expected[i]!) > 1e-12 * expected[i]!);
    expect(differs, `epoch ${differs + 1}: ${received[differs]} instead of ${expected[differs]}`).toBe(-1);
    expect(new Set(expected).size).toBeGreaterThan(2);
  },
);
