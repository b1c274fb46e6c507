// Activations as modules, to stand in a Sequential.
import * as ops from "../autograd/ops.js";
import type { Tensor } from "../autograd/tensor.js";
import { Module } from "./module.js";

/** Rectified linear unit `max(x, 0)`, any shape. */
export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return ops.relu(x);
  }
}

/** Hyperbolic tangent, any shape. */
export class TanH extends Module {
  forward(x: Tensor): Tensor {
    return ops.tanh(x);
  }
}

/** Logistic sigmoid `1 / (1 + e⁻ˣ)`, any shape. */
export class Sigmoid extends Module {
  forward(x: Tensor): Tensor {
    return ops.sigmoid(x);
  }
}
