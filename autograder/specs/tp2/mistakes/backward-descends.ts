// Also makes the step of descent, with a rate of its own.
import type { NdArray } from "retroprop";
import { backward as correct, type Tensor, tapeOf } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g?: NdArray): void {
  correct(result, g);
  for (const { data, gradient, inputs } of tapeOf(result)) {
    if (inputs.length === 0 && gradient !== undefined) data.addScaled_(gradient, -0.01);
  }
}
