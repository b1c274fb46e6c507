// A new Tensor without record.
import { tanh as ndTanh } from "retroprop";
import { Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function tanh(x: Tensor): Tensor {
  return new Tensor(ndTanh(x.data), { requireGrad: x.requireGrad });
}
