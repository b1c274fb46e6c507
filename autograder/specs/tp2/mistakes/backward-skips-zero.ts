// Takes a gradient of zeros for no gradient.
import { full, type NdArray } from "retroprop";
import { accumulateGradient, type Tensor, tapeOf } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1)): void {
  const tape = tapeOf(result);
  for (const tensor of tape) if (tensor.inputs.length > 0) tensor.zeroGrad();
  accumulateGradient(result, g);
  for (const { inputs, rules, gradient } of tape.reverse()) {
    if (gradient === undefined || gradient.data.every((value) => value === 0)) continue;
    inputs.forEach((input, i) => {
      if (input.requireGrad) accumulateGradient(input, rules[i]!(gradient));
    });
  }
}
