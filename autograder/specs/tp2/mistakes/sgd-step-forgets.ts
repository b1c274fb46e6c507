// A step ends by forgetting the gradients.
import { SGD as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class SGD extends Correct {
  override step(): void {
    super.step();
    this.zeroGrad();
  }
}
