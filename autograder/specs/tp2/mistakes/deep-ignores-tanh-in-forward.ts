// The weights are right, the activation is always relu.
import { DeepNetwork as Correct, relu } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...args: ConstructorParameters<typeof Correct>) {
    super(...args);
    Object.assign(this, { activation: relu });
  }
}
