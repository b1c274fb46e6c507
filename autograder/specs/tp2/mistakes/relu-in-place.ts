// Writes into x itself; the mask is then that of the result, which is the same.
import { map } from "retroprop";
import { record, type Tensor } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export function relu(x: Tensor): Tensor {
  const { data } = x.data;
  for (let i = 0; i < data.length; i++) data[i] = Math.max(data[i]!, 0);
  return record("relu", x.data, [x], [(g) => g.mul(map(x.data, (value) => (value > 0 ? 1 : 0)))]);
}
