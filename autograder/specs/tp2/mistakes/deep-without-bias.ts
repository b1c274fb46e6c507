// The layers leave their biases out.
import { affine, DeepNetwork as Correct, Parameter, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  override forward(x: Tensor): Tensor {
    const without = (b: Parameter) => new Parameter(b.data.mul(0), "zero");
    const h = this.W.reduce((below, W, layer) => this.activation(affine(W, without(this.b[layer]!), below)), x);
    return affine(this.outputW, without(this.outputB), h);
  }
}
