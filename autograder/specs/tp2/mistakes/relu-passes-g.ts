// The rule returns g as it came.
import { maximum } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function relu(x: Tensor): Tensor {
  return record("relu", maximum(x.data, 0), [x], [(g) => g]);
}
