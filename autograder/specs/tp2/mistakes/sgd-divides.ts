// Divides the step by the number of parameters.
import { SGD as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class SGD extends Correct {
  override step(): void {
    for (const { data, gradient } of this.parameters) {
      if (gradient !== undefined) data.sub_(gradient.mul(this.learningRate / this.parameters.length));
    }
  }
}
