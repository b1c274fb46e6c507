// Counts rows where it should count elements.
import type { NdArray } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function zeroInit(W: NdArray): void {
  for (let i = 0; i < W.shape[0]!; i++) W.data[i] = 0;
}
