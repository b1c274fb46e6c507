// Gives the first two inputs of an operation their gradients, never a third.
import { full, type NdArray } from "retroprop";
import { accumulateGradient, type Tensor, tapeOf } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1)): void {
  const tape = tapeOf(result);
  for (const tensor of tape) if (tensor.inputs.length > 0) tensor.zeroGrad();
  accumulateGradient(result, g);
  for (const { inputs, rules, gradient } of tape.reverse()) {
    if (gradient === undefined) continue;
    inputs.slice(0, 2).forEach((input, i) => {
      if (input.requireGrad) accumulateGradient(input, rules[i]!(gradient));
    });
  }
}
