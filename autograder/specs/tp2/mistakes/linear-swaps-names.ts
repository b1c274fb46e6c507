// Gives each parameter the name of the other.
import { zeros } from "retroprop";
import { affine, Module, Parameter, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class LinearNetwork extends Module {
  readonly W: Parameter;
  readonly b: Parameter;

  constructor(dimInput: number, dimOutput: number) {
    super();
    this.W = new Parameter(zeros([dimOutput, dimInput]), "b");
    this.b = new Parameter(zeros([dimOutput]), "W");
  }

  forward(x: Tensor): Tensor {
    return affine(this.W, this.b, x);
  }
}
