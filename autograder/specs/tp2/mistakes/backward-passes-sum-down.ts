// At each visit a shared node passes down all it has received so far.
import { full, type NdArray } from "retroprop";
import { accumulateGradient, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1)): void {
  if (result.inputs.length > 0) result.zeroGrad();
  accumulateGradient(result, g);
  give(result);
}

function give({ inputs, rules, gradient }: Tensor): void {
  inputs.forEach((input, i) => {
    if (!input.requireGrad) return;
    accumulateGradient(input, rules[i]!(gradient!));
    give(input);
  });
}
