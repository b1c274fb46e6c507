// The two networks of TP2.
import { type RandomGenerator, zeros } from "retroprop";
import { glorotInit, kaimingInit, zeroInit } from "./init.js";
import { Module, Parameter } from "./module.js";
import { affine, relu, tanh } from "./operations.js";
import type { Tensor } from "./tensor.js";

/**
 * TP1's classifier as a module: `W x + b`, with W and b zero at first.
 *
 * @python LinearNetwork
 */
export class LinearNetwork extends Module {
  readonly W: Parameter;
  readonly b: Parameter;

  constructor(dimInput: number, dimOutput: number) {
    super();
    // #region solution
    this.W = new Parameter(zeros([dimOutput, dimInput]), "W");
    this.b = new Parameter(zeros([dimOutput]), "b");
    zeroInit(this.W.data);
    zeroInit(this.b.data);
    // #endregion
  }

  forward(x: Tensor): Tensor {
    // #region solution
    return affine(this.W, this.b, x);
    // #endregion
  }
}

/**
 * `nLayers` hidden layers of `hiddenDim` neurons, each an affine transform and an activation, then a last affine
 * transform without activation; `nLayers` may be 0. Weights: Glorot before tanh and at the end, Kaiming before relu;
 * biases are zero.
 *
 * @python DeepNetwork
 */
export class DeepNetwork extends Module {
  readonly W: Parameter[] = [];
  readonly b: Parameter[] = [];
  readonly outputW: Parameter;
  readonly outputB: Parameter;
  readonly activation: (x: Tensor) => Tensor;

  constructor(
    dimInput: number,
    dimOutput: number,
    hiddenDim: number,
    nLayers: number,
    { tanh: isTanh = false, random }: { readonly tanh?: boolean; readonly random: RandomGenerator },
  ) {
    super();
    // #region solution
    this.activation = isTanh ? tanh : relu;
    for (let layer = 0; layer < nLayers; layer++) {
      const W = zeros([hiddenDim, layer === 0 ? dimInput : hiddenDim]);
      if (isTanh) glorotInit(W, random);
      else kaimingInit(W, random);
      this.W.push(new Parameter(W, `W${layer}`));
      this.b.push(new Parameter(zeros([hiddenDim]), `b${layer}`));
    }
    const W = zeros([dimOutput, nLayers === 0 ? dimInput : hiddenDim]);
    glorotInit(W, random);
    this.outputW = new Parameter(W, "outputW");
    this.outputB = new Parameter(zeros([dimOutput]), "outputB");
    // #endregion
  }

  forward(x: Tensor): Tensor {
    // #region solution
    let h = x;
    this.W.forEach((W, layer) => {
      h = this.activation(affine(W, this.b[layer]!, h));
    });
    return affine(this.outputW, this.outputB, h);
    // #endregion
  }
}
