// Fills the columns of each row: a vector has none.
import type { NdArray } from "retroprop";

export * from "../../../../course/tp2/reference/index.js";

export function zeroInit(W: NdArray): void {
  for (let i = 0; i < W.shape[0]!; i++) for (let j = 0; j < W.shape[1]!; j++) W.set([i, j], 0);
}
