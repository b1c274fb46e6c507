// The biases of the layers between are several parameters of one array.
import { zeros } from "retroprop";
import { DeepNetwork as Correct, Parameter } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...args: ConstructorParameters<typeof Correct>) {
    super(...args);
    const [, , hiddenDim] = args;
    const shared = zeros([hiddenDim]);
    for (const layer of this.b.keys()) this.b[layer] = new Parameter(shared, `b${layer}`);
  }
}
