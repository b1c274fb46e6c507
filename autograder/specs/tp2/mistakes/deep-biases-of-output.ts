// From the second layer on a bias has a value for each class.
import { zeros } from "retroprop";
import { DeepNetwork as Correct, Parameter } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...args: ConstructorParameters<typeof Correct>) {
    super(...args);
    const [, dimOutput] = args;
    for (let layer = 1; layer < this.b.length; layer++) this.b[layer] = new Parameter(zeros([dimOutput]), `b${layer}`);
  }
}
