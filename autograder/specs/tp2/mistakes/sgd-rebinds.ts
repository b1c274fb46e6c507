// Gives each parameter a new array.
import { SGD as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class SGD extends Correct {
  override step(): void {
    for (const parameter of this.parameters) {
      const { data, gradient } = parameter;
      if (gradient !== undefined) Object.assign(parameter, { data: data.sub(gradient.mul(this.learningRate)) });
    }
  }
}
