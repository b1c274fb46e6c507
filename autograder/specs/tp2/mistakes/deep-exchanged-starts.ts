// Kaiming before tanh, Glorot before relu.
import { DeepNetwork as Correct, glorotInit, kaimingInit } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...args: ConstructorParameters<typeof Correct>) {
    super(...args);
    const { tanh, random } = args[4];
    for (const { data } of this.W) (tanh ? kaimingInit : glorotInit)(data, random);
  }
}
