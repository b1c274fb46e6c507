// The rule adds to the gradient of x, then returns it as well: it counts twice.
import { maximum, type NdArray } from "retroprop";
import { accumulateGradient, record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function relu(x: Tensor): Tensor {
  const y = maximum(x.data, 0);
  const rule = (g: NdArray) => {
    const gx = g.clone();
    for (let i = 0; i < gx.size; i++) if (x.data.data[i]! <= 0) gx.data[i] = 0;
    accumulateGradient(x, gx);
    return gx;
  };
  return record("relu", y, [x], [rule]);
}
