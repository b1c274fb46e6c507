// Dropout: in training, a random part of the activations is silenced.
import * as ops from "../autograd/ops.js";
import type { Tensor } from "../autograd/tensor.js";
import { describeValue } from "../nd/describe.js";
import { map } from "../nd/math.js";
import type { RandomGenerator } from "../nd/random.js";
import { expectOptions, expectRandom } from "./expect-options.js";
import { Module } from "./module.js";

export interface DropoutOptions {
  /** Draws what is dropped, anew at each `forward`. */
  readonly random: RandomGenerator;
}

/**
 * Inverted dropout. In training each activation becomes 0 with probability `rate`, and those that are kept are multiplied
 * by `1 / (1 − rate)`: the mean stays the same. In evaluation the layer changes nothing.
 *
 * Source: N. Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.
 *
 * @example
 * const dropout = new Dropout(0.5, { random: new RandomGenerator(2) });
 * dropout.forward(new Tensor([1, 2, 3, 4])) // [2. 0. 6. 8.]
 * dropout.eval().forward(new Tensor([1, 2, 3, 4])) // [1. 2. 3. 4.]
 *
 * @python Dropout
 */
export class Dropout extends Module {
  readonly rate: number;
  readonly #random: RandomGenerator;

  /** @param rate probability of being dropped, in [0, 1) */
  constructor(rate: number, options: DropoutOptions) {
    super();
    if (!(rate >= 0 && rate < 1)) {
      throw new RangeError(`Dropout: rate must be in [0, 1), received ${describeValue(rate)}`);
    }
    this.rate = rate;
    const { random } = expectOptions("Dropout", options, ["random"]);
    this.#random = expectRandom("Dropout", random);
  }

  /** @param x any shape */
  forward(x: Tensor): Tensor {
    if (!this.isTraining || this.rate === 0) return x;
    const kept = 1 / (1 - this.rate);
    const drawn = this.#random.uniform(x.shape, { dtype: x.dtype });
    return ops.masked(
      x,
      map(drawn, (value) => (value < this.rate ? 0 : kept)),
    );
  }

  /** @internal */
  override get isUnwatched(): boolean {
    return this.forward === ownForward;
  }

  override get title(): string {
    return `Dropout(${this.rate})`;
  }
}

const ownForward = Dropout.prototype.forward;
