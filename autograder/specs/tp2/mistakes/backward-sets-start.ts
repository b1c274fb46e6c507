// The gradient of the result is g itself, even where it is a leaf that has one.
import { full, type NdArray } from "retroprop";
import { accumulateGradient, type Tensor, tapeOf } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1)): void {
  const tape = tapeOf(result);
  for (const tensor of tape) if (tensor.inputs.length > 0) tensor.zeroGrad();
  result.gradient = g;
  for (const { inputs, rules, gradient } of tape.reverse()) {
    inputs.forEach((input, i) => {
      if (input.requireGrad) accumulateGradient(input, rules[i]!(gradient!));
    });
  }
}
