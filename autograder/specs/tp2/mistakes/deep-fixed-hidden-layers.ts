// Only the last layer draws from the generator that was given.
import { RandomGenerator } from "retroprop";
import { DeepNetwork as Correct, glorotInit, kaimingInit } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(
    dimInput: number,
    dimOutput: number,
    hiddenDim: number,
    nLayers: number,
    options: { readonly tanh?: boolean; readonly random: RandomGenerator },
  ) {
    super(dimInput, dimOutput, hiddenDim, nLayers, options);
    const own = new RandomGenerator(42);
    for (const { data } of this.W) (options.tanh ? glorotInit : kaimingInit)(data, own);
  }
}
