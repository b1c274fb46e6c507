// Optimizer: what moves parameters against their gradients, one step at a time.
import { describeValue } from "../nd/describe.js";
import type { NdArray } from "../nd/nd-array.js";
import { formatShape, ShapeError, sameShape } from "../nd/shape.js";
import { expectOptions } from "../nn/expect-options.js";
import { Parameter } from "../nn/parameter.js";
import { expectNumber } from "./expect-number.js";

export interface OptimizerOptions {
  /** How far one step goes, α: finite and ≥ 0. */
  readonly learningRate: number;
}

/**
 * An update rule for parameters: after `backward`, `step` moves each of them along its gradient, in place.
 *
 * @example
 * class SignDescent extends Optimizer {
 *   step(): void {
 *     for (const { data, gradient } of this.parameters) {
 *       if (gradient !== undefined) data.addScaled_(map(gradient, Math.sign), -this.learningRate);
 *     }
 *   }
 * }
 * const W = new Parameter(array([1, 2]), "W");
 * W.mul(array([3, -4])).sum().backward();
 * new SignDescent([W], { learningRate: 0.5 }).step();
 * W.data // [0.5 2.5]
 */
export abstract class Optimizer {
  readonly parameters: readonly Parameter[];
  #learningRate = 0;

  /**
   * @param parameters what to move: at least one, each once; mostly `network.parameters()`
   * @throws TypeError when one of them is no Parameter, RangeError when there is none or one comes twice
   */
  constructor(parameters: readonly Parameter[], options: OptimizerOptions) {
    this.parameters = expectParameters(new.target.name, parameters);
    expectOptions(new.target.name, options);
    this.learningRate = options.learningRate;
  }

  /** How far one step goes, α; schedules set it. Throws a RangeError unless it is finite and ≥ 0. */
  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(learningRate: number) {
    this.#learningRate = expectNumber(this.constructor.name, "learningRate", learningRate, "≥ 0");
  }

  /** Forgets the gradients of the parameters: before each `backward`, or the new gradients are added to the old ones. */
  zeroGrad(): void {
    for (let i = 0; i < this.parameters.length; i++) this.parameters[i]!.zeroGrad();
  }

  /**
   * Forgets what `step` remembers of the steps before (velocities, moments, how many there were), as if there had been
   * none; the learning rate stays. For a class that remembers nothing there is nothing to override.
   *
   * @example
   * const W = new Parameter(array([0]), "W");
   * const optimizer = new SGD([W], { learningRate: 1, momentum: 0.9 });
   * for (let i = 0; i < 2; i++) {
   *   optimizer.zeroGrad();
   *   W.sum().backward();
   *   optimizer.reset();
   *   optimizer.step();
   * }
   * W.data // [-2.]
   */
  reset(): void {}

  /** Moves every parameter that has a gradient, in place; the others are left alone. */
  abstract step(): void;

  /** The gradient of a parameter, if there is one. It may have been set by hand: throws {@link ShapeError} unless it fits. */
  protected gradientOf(parameter: Parameter): NdArray | undefined {
    const { gradient } = parameter;
    if (gradient !== undefined) this.#expectFit(parameter, gradient);
    return gradient;
  }

  /** Whether a parameter has a gradient: without writing it out, unlike {@link Optimizer.gradientOf}. Throws alike. */
  protected hasGradient(parameter: Parameter): boolean {
    if (parameter.gradientArray !== undefined) this.#expectFit(parameter, parameter.gradientArray);
    return parameter.hasGradient;
  }

  #expectFit({ name, shape, dtype }: Parameter, gradient: NdArray): void {
    if (sameShape(gradient.shape, shape) && gradient.dtype === dtype) return;
    throw new ShapeError(
      `${this.constructor.name}: the gradient of "${name}" must be ${formatShape(shape)} (${dtype}), received ${formatShape(gradient.shape)} (${gradient.dtype})`,
    );
  }

  /** The class, its learning rate and how many numbers it moves, on one line. */
  toString(): string {
    const count = this.parameters.reduce((sum, { size }) => sum + size, 0);
    return `${this.constructor.name}(learningRate ${this.learningRate}), ${count} parameter${count === 1 ? "" : "s"}`;
  }

  /** What `console.log` and a notebook show. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

function expectParameters(where: string, parameters: readonly Parameter[]): readonly Parameter[] {
  if (!Array.isArray(parameters)) {
    throw new TypeError(
      `${where}: expected a list of parameters, such as network.parameters(), received ${describeValue(parameters)}`,
    );
  }
  if (parameters.length === 0) {
    throw new RangeError(`${where}: no parameter to move: does the network hold its parameters in fields?`);
  }
  const seen = new Set<Parameter>();
  parameters.forEach((parameter, i) => {
    if (!(parameter instanceof Parameter)) {
      throw new TypeError(`${where}: expected a Parameter at place ${i}, received ${describeValue(parameter)}`);
    }
    if (seen.has(parameter)) {
      throw new RangeError(`${where}: parameter "${parameter.name}" at place ${i} comes a second time: give each once`);
    }
    seen.add(parameter);
  });
  return [...parameters];
}
