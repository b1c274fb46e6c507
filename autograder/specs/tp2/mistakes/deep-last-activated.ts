// The scores go through the activation.
import type { Tensor } from "../../../../course/tp2/reference/index.js";
import { DeepNetwork as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  override forward(x: Tensor): Tensor {
    return this.activation(super.forward(x));
  }
}
