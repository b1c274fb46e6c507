// + between two arrays makes a text.
import type { NdArray } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  const sum = (tensor.gradient as unknown as number) + (g as unknown as number);
  tensor.gradient = tensor.gradient === undefined ? g.clone() : (sum as unknown as NdArray);
}
