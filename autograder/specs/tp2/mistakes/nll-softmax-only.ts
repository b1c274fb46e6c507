// The gradient without the −1 of the right class.
import { array, nll as ndNll, softmax } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function nll(x: Tensor, gold: number): Tensor {
  return record("nll", array(ndNll(x.data, gold)), [x], [(g) => softmax(x.data).mul(g)]);
}
