// Wraps the numbers of its input in a new tensor: no gradient reaches what came before.
import { LinearNetwork as Correct, Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class LinearNetwork extends Correct {
  override forward(x: Tensor): Tensor {
    return super.forward(new Tensor(x.data));
  }
}
