// Returns the number of TP1.
import { nll as ndNll } from "retroprop";
import type { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function nll(x: Tensor, gold: number): number {
  return ndNll(x.data, gold);
}
