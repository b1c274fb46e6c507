// zeroGrad sets the parameters to zero as well.
import { SGD as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class SGD extends Correct {
  override zeroGrad(): void {
    for (const { data } of this.parameters) data.fill_(0);
    super.zeroGrad();
  }
}
