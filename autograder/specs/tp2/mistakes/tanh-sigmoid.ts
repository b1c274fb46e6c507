// The sigmoid, with its own derivative.
import { map } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function tanh(x: Tensor): Tensor {
  const y = map(x.data, (value) => 1 / (1 + Math.exp(-value)));
  return record("tanh", y, [x], [(g) => g.mul(y).mul(y.neg().add(1))]);
}
