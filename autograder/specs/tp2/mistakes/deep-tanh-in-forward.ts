// Starts as it should, then it is tanh whatever is asked.
import { DeepNetwork as Correct, tanh } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  override readonly activation = tanh;
}
