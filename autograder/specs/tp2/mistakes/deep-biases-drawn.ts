// The biases are drawn as well.
import { DeepNetwork as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...args: ConstructorParameters<typeof Correct>) {
    super(...args);
    for (const { data } of this.b) data.copy_(args[4].random.uniform(data.shape));
  }
}
