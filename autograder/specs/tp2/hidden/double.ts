// The reference runs in double precision on the very numbers that were sent.
import type { NdArray } from "retroprop";

export const double = (x: NdArray): NdArray => x.astype("float64");
