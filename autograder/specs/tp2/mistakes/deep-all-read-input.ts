// Every layer has the inputs of the first.
import { DeepNetwork as Correct, Parameter } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...args: ConstructorParameters<typeof Correct>) {
    super(...args);
    const [dimInput, , hiddenDim, , { random }] = args;
    this.W.forEach((_, layer) => {
      this.W[layer] = new Parameter(random.uniform([hiddenDim, dimInput], { low: -1 }), `W${layer}`);
    });
  }
}
