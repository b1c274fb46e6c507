// The weights of the output are drawn before those of the layers between.
import { RandomGenerator } from "retroprop";
import { DeepNetwork as Correct, glorotInit, kaimingInit } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...[dimInput, dimOutput, hiddenDim, nLayers, options]: ConstructorParameters<typeof Correct>) {
    super(dimInput, dimOutput, hiddenDim, nLayers, { ...options, random: new RandomGenerator(0) });
    const { tanh = false, random } = options;
    glorotInit(this.outputW.data, random);
    for (const { data } of this.W) (tanh ? glorotInit : kaimingInit)(data, random);
  }
}
