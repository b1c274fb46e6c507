// Gives probabilities.
import { softmax } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";
import { DeepNetwork as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  override forward(x: Tensor): Tensor {
    const scores = super.forward(x);
    return Object.assign(scores, { data: softmax(scores.data) });
  }
}
