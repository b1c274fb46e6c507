// The rule reads a variable of the module, which the next call changes.
import { array, backwardNll, nll as valueOfNll } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

let right = 0;

export function nll(x: Tensor, gold: number): Tensor {
  right = gold;
  return record("nll", array(valueOfNll(x.data, right)), [x], [(g) => backwardNll(x.data, right, g.at())]);
}
