// Every layer between has hiddenDim inputs, the first too.
import { zeros } from "retroprop";
import { DeepNetwork as Correct, kaimingInit, Parameter } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...args: ConstructorParameters<typeof Correct>) {
    super(...args);
    const [, , hiddenDim, nLayers, { random }] = args;
    const W = new Parameter(zeros([hiddenDim, hiddenDim]), "W0");
    kaimingInit(W.data, random);
    if (nLayers > 0) this.W[0] = W;
  }
}
