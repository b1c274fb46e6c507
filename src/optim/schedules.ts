// Schedules: how the learning rate changes from epoch to epoch.
import { cosPi } from "../nd/elementary.js";
import { expectOptions } from "../nn/expect-options.js";
import { expectNumber } from "./expect-number.js";
import type { Optimizer } from "./optimizer.js";

/** Sets the learning rate of its optimizer; called once at the end of each epoch. */
export interface Schedule {
  /** @param loss of the epoch, on the development set; only {@link ReduceLROnPlateau} looks at it */
  step(loss?: number): void;
}

export interface StepLROptions {
  /** After how many epochs, each time. */
  readonly every: number;
  /** What the rate is multiplied by, in (0, 1]. */
  readonly factor: number;
}

/**
 * A staircase: multiplies the rate by `factor` after each `every` epochs.
 *
 * @example
 * const optimizer = new SGD([new Parameter(array([1]), "W")], { learningRate: 0.5 });
 * const schedule = new StepLR(optimizer, { every: 2, factor: 0.5 });
 * const rates = [1, 2, 3, 4].map(() => {
 *   schedule.step();
 *   return optimizer.learningRate;
 * });
 * rates.join(", ") // 0.5, 0.25, 0.25, 0.125
 */
export class StepLR implements Schedule {
  readonly #optimizer: Optimizer;
  readonly #every: number;
  readonly #factor: number;
  #epoch = 0;

  constructor(optimizer: Optimizer, options: StepLROptions) {
    const { every, factor } = expectOptions("StepLR", options, ["every", "factor"]);
    this.#optimizer = optimizer;
    this.#every = expectNumber("StepLR", "every", every, "≥ 1, whole");
    this.#factor = expectNumber("StepLR", "factor", factor, "in (0, 1]");
  }

  step(): void {
    this.#epoch++;
    if (this.#epoch % this.#every === 0) this.#optimizer.learningRate *= this.#factor;
  }
}

export interface ExponentialLROptions {
  /** What the rate is multiplied by, in (0, 1]. */
  readonly factor: number;
}

/** Multiplies the rate by `factor` after every epoch. */
export class ExponentialLR implements Schedule {
  readonly #optimizer: Optimizer;
  readonly #factor: number;

  constructor(optimizer: Optimizer, options: ExponentialLROptions) {
    const { factor } = expectOptions("ExponentialLR", options, ["factor"]);
    this.#optimizer = optimizer;
    this.#factor = expectNumber("ExponentialLR", "factor", factor, "in (0, 1]");
  }

  step(): void {
    this.#optimizer.learningRate *= this.#factor;
  }
}

export interface CosineAnnealingLROptions {
  /** Over how many epochs T the rate comes down. */
  readonly epochs: number;
  /** The rate at the end. */
  readonly minimum?: number;
}

/**
 * Half a wave of cosine: after t of T epochs the rate is `minimum + (start − minimum) (1 + cos(π t/T))/2`, where `start`
 * is the rate at construction; after T epochs it stays at the minimum.
 *
 * Source: I. Loshchilov and F. Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017, without restarts.
 */
export class CosineAnnealingLR implements Schedule {
  readonly #optimizer: Optimizer;
  readonly #start: number;
  readonly #epochs: number;
  readonly #minimum: number;
  #epoch = 0;

  constructor(optimizer: Optimizer, options: CosineAnnealingLROptions) {
    const { epochs, minimum = 0 } = expectOptions("CosineAnnealingLR", options, ["epochs", "minimum"]);
    this.#optimizer = optimizer;
    this.#start = optimizer.learningRate;
    this.#epochs = expectNumber("CosineAnnealingLR", "epochs", epochs, "≥ 1, whole");
    this.#minimum = expectMinimum("CosineAnnealingLR", minimum, optimizer);
  }

  step(): void {
    this.#epoch = Math.min(this.#epoch + 1, this.#epochs);
    const height = (1 + cosPi(this.#epoch / this.#epochs)) / 2;
    this.#optimizer.learningRate = this.#minimum + (this.#start - this.#minimum) * height;
  }
}

export interface ReduceLROnPlateauOptions {
  /** What the rate is multiplied by, in (0, 1). */
  readonly factor?: number;
  /** How many epochs without progress are let pass: the next one reduces the rate. */
  readonly patience?: number;
  /** What counts as progress: a loss below `best (1 − threshold)`. */
  readonly threshold?: number;
  /** How many epochs after a reduction are not judged. */
  readonly cooldown?: number;
  /** The rate is not reduced below. */
  readonly minimum?: number;
}

/** Multiplies the rate by `factor` when the loss has not gone down for more than `patience` epochs. */
export class ReduceLROnPlateau implements Schedule {
  readonly #optimizer: Optimizer;
  readonly #options: Required<ReduceLROnPlateauOptions>;
  #best = Number.POSITIVE_INFINITY;
  #idleEpochs = 0;
  #coolingEpochs = 0;

  constructor(optimizer: Optimizer, options: ReduceLROnPlateauOptions = {}) {
    const where = "ReduceLROnPlateau";
    expectOptions(where, options, ["factor", "patience", "threshold", "cooldown", "minimum"]);
    const { factor = 0.1, patience = 10, threshold = 1e-4, cooldown = 0, minimum = 0 } = options;
    this.#optimizer = optimizer;
    this.#options = {
      factor: expectNumber(where, "factor", factor, "in (0, 1)"),
      patience: expectNumber(where, "patience", patience, "≥ 0, whole"),
      threshold: expectNumber(where, "threshold", threshold, "in [0, 1)"),
      cooldown: expectNumber(where, "cooldown", cooldown, "≥ 0, whole"),
      minimum: expectMinimum(where, minimum, optimizer),
    };
  }

  /** @throws TypeError without a loss: there is nothing to judge by */
  step(loss?: number): void {
    if (loss === undefined) {
      throw new TypeError("ReduceLROnPlateau: expected the loss of the epoch, as in schedule.step(devLoss)");
    }
    this.#judge(loss);
    if (this.#idleEpochs > this.#options.patience) this.#reduce();
  }

  #judge(loss: number): void {
    if (loss < this.#best * (1 - this.#options.threshold)) {
      this.#best = loss;
      this.#idleEpochs = 0;
    } else this.#idleEpochs++;
    if (this.#coolingEpochs > 0) {
      this.#coolingEpochs--;
      this.#idleEpochs = 0;
    }
  }

  #reduce(): void {
    const { factor, minimum, cooldown } = this.#options;
    const { learningRate } = this.#optimizer; // below the minimum if somebody else set it there: never raise it
    this.#optimizer.learningRate = Math.min(learningRate, Math.max(minimum, learningRate * factor));
    this.#coolingEpochs = cooldown;
    this.#idleEpochs = 0;
  }
}

function expectMinimum(where: string, minimum: number, { learningRate }: Optimizer): number {
  expectNumber(where, "minimum", minimum, "≥ 0");
  if (minimum <= learningRate) return minimum;
  throw new RangeError(`${where}: minimum ${minimum} is above the learning rate ${learningRate}, which only goes down`);
}
