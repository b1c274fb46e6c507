// The logarithm of a probability that rounds to 0.
import { array, backwardNll, softmax } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function nll(x: Tensor, gold: number): Tensor {
  return record("nll", array(-Math.log(softmax(x.data).at(gold))), [x], [(g) => backwardNll(x.data, gold, g.at())]);
}
