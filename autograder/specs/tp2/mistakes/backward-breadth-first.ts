// Nodes in the order in which they are met: some before they are complete.
import { full, type NdArray } from "retroprop";
import { accumulateGradient, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1)): void {
  const found = new Set([result]);
  for (const tensor of found) for (const input of tensor.inputs) found.add(input);
  for (const tensor of found) if (tensor.inputs.length > 0) tensor.zeroGrad();
  accumulateGradient(result, g);
  for (const { inputs, rules, gradient } of found) {
    inputs.forEach((input, i) => {
      if (input.requireGrad && gradient !== undefined) accumulateGradient(input, rules[i]!(gradient));
    });
  }
}
