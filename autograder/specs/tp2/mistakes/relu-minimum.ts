// min(x, 0).
import { map } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function relu(x: Tensor): Tensor {
  const y = map(x.data, (value) => Math.min(value, 0));
  return record("relu", y, [x], [(g) => g.mul(map(x.data, (value) => (value > 0 ? 1 : 0)))]);
}
