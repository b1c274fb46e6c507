// Updates the weights and not the biases.
import { SGD as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class SGD extends Correct {
  override step(): void {
    for (const { data, gradient } of this.parameters) {
      if (gradient !== undefined && data.ndim > 1) data.sub_(gradient.mul(this.learningRate));
    }
  }
}
