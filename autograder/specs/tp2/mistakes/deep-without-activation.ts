// The layers follow each other without an activation.
import type { Tensor } from "../../../../course/tp2/reference/index.js";
import { DeepNetwork as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  constructor(...args: ConstructorParameters<typeof Correct>) {
    super(...args);
    Object.assign(this, { activation: (x: Tensor) => x });
  }
}
