// Adds each gradient to those of the steps before.
import { SGD as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class SGD extends Correct {
  readonly #sums = this.parameters.map(({ data }) => data.mul(0));

  override step(): void {
    this.parameters.forEach(({ data, gradient }, i) => {
      if (gradient !== undefined) data.sub_(this.#sums[i]!.add_(gradient).mul(this.learningRate));
    });
  }
}
