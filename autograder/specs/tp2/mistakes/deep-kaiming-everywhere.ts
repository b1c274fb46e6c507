// Kaiming before tanh as well.
import { DeepNetwork as Correct, kaimingInit } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...args: ConstructorParameters<typeof Correct>) {
    super(...args);
    for (const { data } of this.W) kaimingInit(data, args[4].random);
  }
}
