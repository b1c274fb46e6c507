// The weights are in a Map, where parameters() does not look.
import { affine, DeepNetwork as Correct, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  readonly weights = new Map(this.W.splice(0).entries());

  override forward(x: Tensor): Tensor {
    const h = this.b.reduce((below, b, layer) => this.activation(affine(this.weights.get(layer)!, b, below)), x);
    return affine(this.outputW, this.outputB, h);
  }
}
