// Keeps the parameters that have a gradient when it is built: none has.
import { SGD as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class SGD extends Correct {
  constructor(...[parameters, learningRate]: ConstructorParameters<typeof Correct>) {
    super(
      parameters.filter(({ gradient }) => gradient !== undefined),
      learningRate,
    );
  }
}
