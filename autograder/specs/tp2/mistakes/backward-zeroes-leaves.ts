// Forgets the gradients of the leaves as well.
import { full, type NdArray } from "retroprop";
import { accumulateGradient, type Tensor, tapeOf } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1)): void {
  const tape = tapeOf(result);
  for (const tensor of tape) tensor.zeroGrad();
  accumulateGradient(result, g);
  for (const { inputs, rules, gradient } of tape.reverse()) {
    inputs.forEach((input, i) => {
      if (input.requireGrad && gradient !== undefined) accumulateGradient(input, rules[i]!(gradient));
    });
  }
}
