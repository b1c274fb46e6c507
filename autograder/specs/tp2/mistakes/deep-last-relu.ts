// The scores go through relu.
import { DeepNetwork as Correct, relu, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  override forward(x: Tensor): Tensor {
    return relu(super.forward(x));
  }
}
