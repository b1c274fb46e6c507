// The weights come from Math.random.
import { RandomGenerator } from "retroprop";
import { DeepNetwork as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...[dimInput, dimOutput, hiddenDim, nLayers, options]: ConstructorParameters<typeof Correct>) {
    super(dimInput, dimOutput, hiddenDim, nLayers, {
      ...options,
      random: new RandomGenerator(Math.floor(Math.random() * 2 ** 31)),
    });
  }
}
