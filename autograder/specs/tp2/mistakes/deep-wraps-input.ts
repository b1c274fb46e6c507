// Wraps the numbers of its input in a new tensor: no gradient reaches what came before.
import { DeepNetwork as Correct, Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  override forward(x: Tensor): Tensor {
    return super.forward(new Tensor(x.data));
  }
}
