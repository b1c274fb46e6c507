// What networks are made of: parameters, and modules that hold them.
import type { NdArray } from "retroprop";
import { Tensor } from "./tensor.js";

/** A tensor that is learnt: it requires a gradient, and its `data` is updated in place. */
export class Parameter extends Tensor {
  readonly name: string;

  constructor(data: NdArray, name: string) {
    super(data, { requireGrad: true });
    this.name = name;
  }
}

/** A network or a part of one: parameters and modules in its fields, or in lists in its fields. */
export abstract class Module {
  abstract forward(x: Tensor): Tensor;

  /** The parameters in the order of the fields, each once. */
  parameters(): Parameter[] {
    const found = new Set<Parameter>();
    for (const value of Object.values(this).flat() as unknown[]) {
      if (value instanceof Parameter) found.add(value);
      if (value instanceof Module) for (const parameter of value.parameters()) found.add(parameter);
    }
    return [...found];
  }
}
