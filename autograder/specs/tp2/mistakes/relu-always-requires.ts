// The result is built by hand and requires a gradient whatever its input.
import { map, maximum, type NdArray } from "retroprop";
import { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function relu(x: Tensor): Tensor {
  const rules = [(g: NdArray) => g.mul(map(x.data, (value) => (value > 0 ? 1 : 0)))];
  return Object.assign(new Tensor(maximum(x.data, 0), { requireGrad: true }), {
    operation: "relu",
    inputs: [x],
    rules,
  });
}
