// Right on small graphs: one call inside another for each operation.
import { full, type NdArray } from "retroprop";
import { accumulateGradient, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1)): void {
  accumulateGradient(result, g);
  give(result, g);
}

function give({ inputs, rules }: Tensor, g: NdArray): void {
  inputs.forEach((input, i) => {
    if (!input.requireGrad) return;
    const part = rules[i]!(g);
    if (input.inputs.length === 0) accumulateGradient(input, part);
    give(input, part);
  });
}
