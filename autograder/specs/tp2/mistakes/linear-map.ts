// The parameters are in a Map.
import { zeros } from "retroprop";
import { affine, Module, Parameter, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class LinearNetwork extends Module {
  readonly #parts = new Map<string, Parameter>();

  constructor(dimInput: number, dimOutput: number) {
    super();
    this.#parts.set("W", new Parameter(zeros([dimOutput, dimInput]), "W"));
    this.#parts.set("b", new Parameter(zeros([dimOutput]), "b"));
  }

  forward(x: Tensor): Tensor {
    return affine(this.#parts.get("W")!, this.#parts.get("b")!, x);
  }
}
