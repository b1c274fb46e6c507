// Gives probabilities, in the graph.
import { softmax, zeros } from "retroprop";
import { affine, Module, Parameter, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class LinearNetwork extends Module {
  readonly W: Parameter;
  readonly b: Parameter;

  constructor(dimInput: number, dimOutput: number) {
    super();
    this.W = new Parameter(zeros([dimOutput, dimInput]), "W");
    this.b = new Parameter(zeros([dimOutput]), "b");
  }

  forward(x: Tensor): Tensor {
    const scores = affine(this.W, this.b, x);
    return Object.assign(scores, { data: softmax(scores.data) });
  }
}
