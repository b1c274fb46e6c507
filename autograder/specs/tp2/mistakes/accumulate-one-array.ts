// One array for the gradients of all tensors: what the last to start received is what every other is added to.
import type { NdArray } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

let total: NdArray | undefined;

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  if (tensor.gradient === undefined || total === undefined) {
    total = g.clone();
    tensor.gradient = total;
  } else total.add_(g);
}
