// Multiplies by 0, which leaves NaN as it is and makes NaN of infinity.
import type { NdArray } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function zeroInit(W: NdArray): void {
  W.mul_(0);
}
