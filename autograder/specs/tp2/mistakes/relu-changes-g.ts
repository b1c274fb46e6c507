// The rule works in place on the gradient it receives.
import { map, maximum } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function relu(x: Tensor): Tensor {
  return record("relu", maximum(x.data, 0), [x], [(g) => g.mul_(map(x.data, (value) => (value > 0 ? 1 : 0)))]);
}
