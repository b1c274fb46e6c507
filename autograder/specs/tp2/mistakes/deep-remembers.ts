// Gives the first result again and again.
import type { Tensor } from "../../../../course/tp2/reference/index.js";
import { DeepNetwork as Correct } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  first: Tensor | undefined;

  override forward(x: Tensor): Tensor {
    this.first ??= super.forward(x);
    return this.first;
  }
}
