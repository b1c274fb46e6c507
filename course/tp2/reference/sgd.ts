// Stochastic gradient descent.
import type { Parameter } from "./module.js";

/** Updates parameters in place: `p −= ε · gradient`. Those without a gradient stay as they are. */
export class SGD {
  readonly parameters: readonly Parameter[];
  learningRate: number;

  constructor(parameters: readonly Parameter[], learningRate: number) {
    this.parameters = parameters;
    this.learningRate = learningRate;
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters) parameter.zeroGrad();
  }

  /** One step of descent on every parameter. */
  step(): void {
    for (const { data, gradient } of this.parameters) {
      if (gradient !== undefined) data.addScaled_(gradient, -this.learningRate);
    }
  }
}
