// Gives the result its gradient twice.
import { full, type NdArray } from "retroprop";
import { accumulateGradient, type Tensor, tapeOf } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1)): void {
  const tape = tapeOf(result);
  for (const tensor of tape) if (tensor.inputs.length > 0) tensor.zeroGrad();
  accumulateGradient(result, g);
  accumulateGradient(result, g);
  for (const { inputs, rules, gradient } of tape.reverse()) {
    if (gradient === undefined) continue;
    inputs.forEach((input, i) => {
      if (input.requireGrad) accumulateGradient(input, rules[i]!(gradient));
    });
  }
}
