// g must be given.
import type { NdArray } from "retroprop";
import { accumulateGradient, type Tensor, tapeOf } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray): void {
  const tape = tapeOf(result);
  for (const tensor of tape) if (tensor.inputs.length > 0) tensor.zeroGrad();
  accumulateGradient(result, g);
  for (const { inputs, rules, gradient } of tape.reverse()) {
    inputs.forEach((input, i) => {
      if (input.requireGrad && gradient !== undefined) accumulateGradient(input, rules[i]!(gradient));
    });
  }
}
