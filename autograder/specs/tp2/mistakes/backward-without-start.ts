// The result never gets its own gradient.
import { accumulateGradient, type Tensor, tapeOf } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor): void {
  const tape = tapeOf(result);
  for (const tensor of tape) if (tensor.inputs.length > 0) tensor.zeroGrad();
  for (const { inputs, rules, gradient } of tape.reverse()) {
    inputs.forEach((input, i) => {
      if (input.requireGrad && gradient !== undefined) accumulateGradient(input, rules[i]!(gradient));
    });
  }
}
