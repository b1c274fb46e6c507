// The fields have other names than W and b.
import { zeros } from "retroprop";
import { affine, Module, Parameter, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class LinearNetwork extends Module {
  readonly weights: Parameter;
  readonly bias: Parameter;

  constructor(dimInput: number, dimOutput: number) {
    super();
    this.weights = new Parameter(zeros([dimOutput, dimInput]), "W");
    this.bias = new Parameter(zeros([dimOutput]), "b");
  }

  forward(x: Tensor): Tensor {
    return affine(this.weights, this.bias, x);
  }
}
