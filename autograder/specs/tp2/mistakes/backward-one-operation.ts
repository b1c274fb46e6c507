// Stops after the operation of the result.
import { full, type NdArray } from "retroprop";
import { accumulateGradient, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1)): void {
  result.zeroGrad();
  accumulateGradient(result, g);
  result.inputs.forEach((input, i) => {
    if (input.requireGrad) accumulateGradient(input, result.rules[i]!(result.gradient!));
  });
}
