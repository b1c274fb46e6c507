// The option tanh is not looked at.
import { DeepNetwork as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...[dimInput, dimOutput, hiddenDim, nLayers, options]: ConstructorParameters<typeof Correct>) {
    super(dimInput, dimOutput, hiddenDim, nLayers, { random: options.random });
  }
}
