// Goes down at the first visit of a node, and never again.
import { full, type NdArray } from "retroprop";
import { accumulateGradient, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1)): void {
  if (result.inputs.length > 0) result.zeroGrad();
  accumulateGradient(result, g);
  give(result, new Set());
}

function give(tensor: Tensor, visited: Set<Tensor>): void {
  visited.add(tensor);
  tensor.inputs.forEach((input, i) => {
    if (!input.requireGrad) return;
    accumulateGradient(input, tensor.rules[i]!(tensor.gradient!));
    if (!visited.has(input)) give(input, visited);
  });
}
