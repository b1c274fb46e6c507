// Steps of training for tests of memory: what a small network does thousands of times.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as ops from "../src/autograd/ops.js";
import { Tensor } from "../src/autograd/tensor.js";
import type { NdArray } from "../src/nd/nd-array.js";
import { RandomGenerator } from "../src/nd/random.js";
import type { DeepNetwork, LinearNetwork } from "../src/nn/networks.js";
import type { Adam } from "../src/optim/adam.js";
import type { SGD } from "../src/optim/sgd.js";

setFlagsFromString("--expose-gc");
export const collectGarbage = runInNewContext("gc") as () => void;

/** 70 features, three quarters of them 0. */
function examples(n: number, seed = 7): NdArray {
  const drawn = new RandomGenerator(seed).uniform([n, 70], { low: -1, high: 1 });
  drawn.data.forEach((value, i) => {
    drawn.data[i] = i % 4 === 0 ? value : 0;
  });
  return drawn;
}
export const data = examples(500);
export const gold = (i: number) => i % 4;

export function step(net: DeepNetwork | LinearNetwork, optimizer: SGD | Adam, i: number): Tensor {
  const loss = ops.nll(net.forward(new Tensor(data.row(i % 500))), gold(i));
  optimizer.zeroGrad();
  loss.backward();
  optimizer.step();
  return loss;
}
