// Computes with the data, and names the parameters as inputs without a rule for them.
import { affineTransform } from "retroprop";
import { LinearNetwork as Correct, Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class LinearNetwork extends Correct {
  override forward(x: Tensor): Tensor {
    const y = new Tensor(affineTransform(this.W.data, this.b.data, x.data), { requireGrad: true });
    return Object.assign(y, { operation: "affine", inputs: [this.W, this.b, x], rules: [] });
  }
}
