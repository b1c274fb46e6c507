// Adam: every element of a parameter has a step of its own, from moving averages of its gradient; AdamW, its better decay.
import type { LearntTensor } from "../autograd/learnt-tensor.js";
import { adam } from "../kernels/elementwise.js";
import { release } from "../kernels/heap.js";
import { expectOptions } from "../nn/expect-options.js";
import type { Parameter } from "../nn/parameter.js";
import { expectNumber } from "./expect-number.js";
import { Optimizer } from "./optimizer.js";
import { clear, pointerBeside, stateOf } from "./state.js";

export interface AdamOptions {
  /** About how far one step moves an element, whatever the size of its gradient: α. */
  readonly learningRate?: number;
  /** β₁ in [0, 1): memory of the average gradient. */
  readonly beta1?: number;
  /** β₂ in [0, 1): memory of the average squared gradient. */
  readonly beta2?: number;
  /** ε > 0: keeps an element without any gradient from a division by 0. */
  readonly epsilon?: number;
  /** λ ≥ 0, on every parameter, biases too. */
  readonly weightDecay?: number;
}

const optionNames = ["learningRate", "beta1", "beta2", "epsilon", "weightDecay"];

/** What is remembered of one parameter: m and v of its shape, and the running products β₁ᵗ and β₂ᵗ. */
interface Moments {
  readonly m: LearntTensor;
  readonly v: LearntTensor;
  beta1Power: number;
  beta2Power: number;
}

/** What Adam and AdamW share: all but where the weight decay goes. */
abstract class MomentOptimizer extends Optimizer {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly #moments: readonly Moments[];

  /** Throws a RangeError on an option out of its range. */
  constructor(parameters: readonly Parameter[], options: AdamOptions = {}) {
    expectOptions(new.target.name, options, optionNames);
    const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
    super(parameters, { learningRate });
    const where = new.target.name;
    this.beta1 = expectNumber(where, "beta1", beta1, "in [0, 1)");
    this.beta2 = expectNumber(where, "beta2", beta2, "in [0, 1)");
    this.epsilon = expectNumber(where, "epsilon", epsilon, "> 0");
    this.weightDecay = expectNumber(where, "weightDecay", weightDecay, "≥ 0");
    this.#moments = this.parameters.map((parameter) => {
      return { m: stateOf(parameter), v: stateOf(parameter), beta1Power: 1, beta2Power: 1 };
    });
  }

  /** What is added to the gradient for each unit of W. */
  protected abstract get gradientDecay(): number;

  /** What is taken from each unit of W apart from the gradient. */
  protected abstract get directDecay(): number;

  override reset(): void {
    for (const moments of this.#moments) {
      clear(moments.m);
      clear(moments.v);
      moments.beta1Power = moments.beta2Power = 1;
    }
  }

  step(): void {
    this.parameters.forEach((parameter, i) => {
      if (!this.hasGradient(parameter)) return;
      const moments = this.#moments[i]!;
      moments.beta1Power *= this.beta1;
      moments.beta2Power *= this.beta2;
      if (parameter.block === undefined || moments.m.block === undefined) this.#move(parameter, moments);
      else this.#moveOnHeap(parameter, moments);
    });
  }

  /** One pass over the elements; sums are in double precision, m and v are kept in the parameter's. */
  #move(parameter: Parameter, moments: Moments): void {
    const { beta1, beta2, epsilon, gradientDecay } = this;
    const { rate, correction, kept } = this.#factors(moments);
    const gradient = this.gradientOf(parameter)!;
    const [W, G, m, v] = [parameter.data.data, gradient.data, moments.m.data.data, moments.v.data.data];
    for (let i = 0; i < W.length; i++) {
      const g = G[i]! + gradientDecay * W[i]!;
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      W[i] = kept * W[i]! - (rate * m[i]!) / (Math.sqrt(v[i]! / correction) + epsilon);
    }
  }

  /** The same by a kernel, in single precision. */
  #moveOnHeap(parameter: Parameter, moments: Moments): void {
    const { beta1, beta2, epsilon, gradientDecay } = this;
    const { rate, correction, kept } = this.#factors(moments);
    const g = parameter.gradientBlock()!;
    adam(
      parameter.movedBlock().pointer,
      g.pointer,
      pointerBeside(moments.m, parameter),
      pointerBeside(moments.v, parameter),
      rate,
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      correction,
      epsilon,
      gradientDecay,
      kept,
      parameter.lengthOnHeap,
    );
    release(g);
  }

  /** What a step multiplies and divides by, for each unit of an average or of W. */
  #factors({ beta1Power, beta2Power }: Moments): { rate: number; correction: number; kept: number } {
    return {
      rate: this.learningRate / (1 - beta1Power),
      correction: 1 - beta2Power,
      kept: 1 - this.directDecay,
    };
  }
}

/**
 * Adam: `m = β₁ m + (1 − β₁) g`, `v = β₂ v + (1 − β₂) g²`, both 0 at first, and after t steps
 * `W −= α m̂ / (√v̂ + ε)` with `m̂ = m/(1 − β₁ᵗ)`, `v̂ = v/(1 − β₂ᵗ)`, which makes up for the start at 0.
 *
 * `weightDecay` is the L2 penalty `g += λ W`; it passes through the averages like any gradient, so that it decays less
 * where gradients are large: see {@link AdamW}. t counts the steps of each parameter: one without a gradient does not age.
 *
 * Source: D. Kingma and J. Ba, "Adam: a method for stochastic optimization", 2015.
 *
 * @example
 * const W = new Parameter(array([1, 1]), "W");
 * const optimizer = new Adam([W], { learningRate: 0.5 });
 * W.mul(array([0.001, 200])).sum().backward();
 * optimizer.step();
 * map(W.data, (value) => Math.round(value * 1000) / 1000) // [0.5 0.5]
 */
export class Adam extends MomentOptimizer {
  protected override get gradientDecay(): number {
    return this.weightDecay;
  }

  protected override get directDecay(): number {
    return 0;
  }
}

/**
 * {@link Adam} with decoupled weight decay: `W −= α λ W` beside the step, so that every element decays alike. Without
 * `weightDecay` it is Adam; PyTorch's default is 0.01.
 *
 * Source: I. Loshchilov and F. Hutter, "Decoupled weight decay regularization", 2019.
 */
export class AdamW extends MomentOptimizer {
  protected override get gradientDecay(): number {
    return 0;
  }

  protected override get directDecay(): number {
    return this.learningRate * this.weightDecay;
  }
}
