// Keeps the rate of the beginning.
import { SGD as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class SGD extends Correct {
  readonly #rate = this.learningRate;

  override step(): void {
    for (const { data, gradient } of this.parameters) if (gradient) data.sub_(gradient.mul(this.#rate));
  }
}
