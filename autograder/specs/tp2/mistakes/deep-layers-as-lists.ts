// The layers are in a list of lists of lists, where parameters() does not look.
import { affine, DeepNetwork as Correct, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  readonly layers = [this.W.splice(0).map((W) => [W, this.b.shift()!] as const)];

  override forward(x: Tensor): Tensor {
    const h = this.layers[0]!.reduce((below, [W, b]) => this.activation(affine(W, b, below)), x);
    return affine(this.outputW, this.outputB, h);
  }
}
