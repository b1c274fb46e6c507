// Scales the example in place before it is used.
import { LinearNetwork as Correct, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class LinearNetwork extends Correct {
  override forward(x: Tensor): Tensor {
    const scores = super.forward(x);
    x.data.mul_(0.5);
    return scores;
  }
}
