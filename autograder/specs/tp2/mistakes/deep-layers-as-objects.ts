// The layers are objects, where parameters() does not look.
import { affine, DeepNetwork as Correct, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  readonly layers = this.W.splice(0).map((W) => ({ W, b: this.b.shift()! }));

  override forward(x: Tensor): Tensor {
    const h = this.layers.reduce((below, { W, b }) => this.activation(affine(W, b, below)), x);
    return affine(this.outputW, this.outputB, h);
  }
}
