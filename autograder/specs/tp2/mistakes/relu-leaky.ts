// A slope of 0.01 on the negative side.
import { map } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function relu(x: Tensor): Tensor {
  const slope = (value: number) => (value > 0 ? 1 : 0.01);
  return record(
    "relu",
    map(x.data, (value) => slope(value) * value),
    [x],
    [(g) => g.mul(map(x.data, slope))],
  );
}
