// The mask is a variable outside the function: the next call changes it.
import { map, maximum, type NdArray } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

let mask: NdArray;

export function relu(x: Tensor): Tensor {
  mask = map(x.data, (value) => (value > 0 ? 1 : 0));
  return record("relu", maximum(x.data, 0), [x], [(g) => g.mul(mask)]);
}
