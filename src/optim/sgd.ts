// Stochastic gradient descent: momentum in both textbook forms, Nesterov's look ahead, L2 and L1 penalties.
import type { LearntTensor } from "../autograd/learnt-tensor.js";
import { kernels, release } from "../kernels/heap.js";
import type { NdArray } from "../nd/nd-array.js";
import { expectOptions } from "../nn/expect-options.js";
import type { Parameter } from "../nn/parameter.js";
import { expectNumber } from "./expect-number.js";
import { Optimizer, type OptimizerOptions } from "./optimizer.js";
import { clear, pointerBeside, stateOf } from "./state.js";

/** `average`: v is a moving average of gradients. `accumulated`: v is a sum of steps, each worth β times the next. */
export type MomentumForm = "average" | "accumulated";

export interface SGDOptions extends OptimizerOptions {
  /** β in [0, 1): how much of v survives a step; 0 for none. */
  readonly momentum?: number;
  /** What v is; says nothing without momentum. */
  readonly momentumForm?: MomentumForm;
  /** Whether the step uses v as it will be after one more update with the same gradient. */
  readonly nesterov?: boolean;
  /** λ ≥ 0 of the penalty `λ/2 Σ W²`, on every parameter, biases too: `g += λ W`. */
  readonly weightDecay?: number;
  /** λ ≥ 0 of the penalty `λ Σ |W|`, on every parameter: `g += λ sign(W)`, 0 at 0. */
  readonly l1?: number;
}

const optionNames = ["learningRate", "momentum", "momentumForm", "nesterov", "weightDecay", "l1"];

/**
 * Stochastic gradient descent: `W −= α g`. With momentum β a velocity v, 0 at first, remembers the past gradients:
 *
 * - `average`: `v = β v + (1 − β) g`, `W −= α v`
 * - `accumulated` (the default): `v = β v + α g`, `W −= v`
 *
 * PyTorch has a third form, `v = β v + g`, `W −= α v`. The accumulated form makes the same steps as long as α does not
 * change; when it does, PyTorch's weighs the whole past anew, the accumulated form only what comes. The average form at
 * α/(1 − β) makes the same steps as PyTorch's at α: with β = 0.9 it wants a rate ten times larger.
 *
 * With `nesterov`, W moves by the velocity of one more update: `β v + (1 − β) g` or `β v + α g` in place of v.
 *
 * Source: I. Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.
 *
 * @example
 * const W = new Parameter(array([1, 1]), "W");
 * const optimizer = new SGD([W], { learningRate: 0.5 });
 * W.mul(array([1, 2])).sum().backward();
 * optimizer.step();
 * W.data // [0.5 0. ]
 * optimizer // SGD(learningRate 0.5), 2 parameters
 */
export class SGD extends Optimizer {
  readonly momentum: number;
  readonly momentumForm: MomentumForm;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  readonly l1: number;
  readonly #velocities: readonly LearntTensor[];

  /** Throws a RangeError on an option out of its range, and on `nesterov` without momentum. */
  constructor(parameters: readonly Parameter[], options: SGDOptions) {
    super(parameters, expectOptions(new.target.name, options, optionNames));
    const { momentum = 0, momentumForm = "accumulated", nesterov = false, weightDecay = 0, l1 = 0 } = options;
    this.momentum = expectNumber("SGD", "momentum", momentum, "in [0, 1)");
    this.momentumForm = expectForm(momentumForm);
    this.nesterov = nesterov;
    this.weightDecay = expectNumber("SGD", "weightDecay", weightDecay, "≥ 0");
    this.l1 = expectNumber("SGD", "l1", l1, "≥ 0");
    if (nesterov && momentum === 0) throw new RangeError("SGD: nesterov needs a momentum: give momentum: 0.9");
    this.#velocities = momentum === 0 ? [] : this.parameters.map((parameter) => stateOf(parameter));
  }

  override reset(): void {
    for (const velocity of this.#velocities) clear(velocity);
  }

  step(): void {
    for (let i = 0; i < this.parameters.length; i++) {
      const parameter = this.parameters[i]!;
      const velocity = this.#velocities[i];
      if (!this.hasGradient(parameter)) continue;
      if (areOnHeap(parameter, velocity)) this.#moveOnHeap(parameter, velocity);
      else this.#move(parameter, velocity);
    }
  }

  /** The formulas. */
  #move(parameter: Parameter, velocity: LearntTensor | undefined): void {
    const { data } = parameter;
    const g = this.#penalised(data, this.gradientOf(parameter)!);
    if (velocity === undefined) data.addScaled_(g, -this.learningRate);
    else this.#moveWithMomentum(data, g, velocity.data);
  }

  /** The same by a kernel, in one pass. */
  #moveOnHeap(parameter: Parameter, velocity: LearntTensor | undefined): void {
    const { momentum, nesterov, weightDecay, l1, learningRate } = this;
    if (velocity === undefined && weightDecay === 0 && l1 === 0) {
      parameter.addGradient(-learningRate);
      return;
    }
    const g = parameter.gradientBlock()!;
    const [W, v] = [parameter.movedBlock().pointer, velocity === undefined ? 0 : pointerBeside(velocity, parameter)];
    const [gain, rate] = this.#gainAndRate();
    const n = parameter.lengthOnHeap;
    kernels.sgd(W, g.pointer, v, rate, momentum, gain, nesterov, weightDecay, l1, n);
    release(g);
  }

  #moveWithMomentum(W: NdArray, g: NdArray, v: NdArray): void {
    const { momentum, nesterov } = this;
    const [gain, rate] = this.#gainAndRate();
    v.mul_(momentum).addScaled_(g, gain);
    const direction = nesterov ? v.mul(momentum).addScaled_(g, gain) : v;
    W.addScaled_(direction, -rate);
  }

  /** Both forms of momentum in one: they differ in whether α enters with the gradient or with the velocity. */
  #gainAndRate(): readonly [gain: number, rate: number] {
    const { momentum, momentumForm, learningRate } = this;
    if (momentum === 0) return [1, learningRate];
    return momentumForm === "average" ? [1 - momentum, learningRate] : [learningRate, 1];
  }

  /** The gradient of the loss and its penalties: `g + λ₂ W + λ₁ sign(W)`; `g` itself when there are none. */
  #penalised(W: NdArray, g: NdArray): NdArray {
    const { weightDecay, l1 } = this;
    if (weightDecay === 0 && l1 === 0) return g;
    const sum = g.clone();
    for (let i = 0; i < sum.size; i++) sum.data[i]! += weightDecay * W.data[i]! + l1 * Math.sign(W.data[i]!);
    return sum;
  }
}

/** A velocity made under another backend than its parameter is for the formulas. */
const areOnHeap = (parameter: Parameter, velocity: LearntTensor | undefined): boolean =>
  parameter.block !== undefined && (velocity === undefined || velocity.block !== undefined);

function expectForm(form: MomentumForm): MomentumForm {
  if (form === "average" || form === "accumulated") return form;
  throw new RangeError(`SGD: momentumForm must be "average" or "accumulated", received ${JSON.stringify(form)}`);
}
