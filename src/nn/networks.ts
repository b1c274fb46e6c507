// The networks of the course: one affine map, and a deep network of affine layers and activations.
import * as ops from "../autograd/ops.js";
import { asTensor, noGrad, passing, type Tensor } from "../autograd/tensor.js";
import { describeValue } from "../nd/describe.js";
import type { NdArray } from "../nd/nd-array.js";
import type { RandomGenerator } from "../nd/random.js";
import { Dropout } from "./dropout.js";
import { expectDimension, expectOptions, expectRandom } from "./expect-options.js";
import type { Init } from "./init.js";
import { Linear } from "./linear.js";
import { Module, summary } from "./module.js";

/**
 * One affine map `W x + b` that starts at W = 0, b = 0.
 *
 * @example
 * new LinearNetwork(784, 10) // LinearNetwork(784 → 10), 7850 parameters
 *
 * @python LinearNetwork
 */
export class LinearNetwork extends Linear {
  constructor(dimInput: number, dimOutput: number) {
    super(dimInput, dimOutput, { init: "zero" });
  }
}

export interface DeepNetworkOptions {
  /** Hidden layers end with tanh; with relu unless said so. */
  readonly tanh?: boolean;
  /** Draws the weights, layer by layer from the input on, then what dropout drops. */
  readonly random: RandomGenerator;
  /** Share of the hidden activations that are dropped in training; without it there is no dropout. */
  readonly dropout?: number;
  /** Fills the weights of every layer; otherwise Kaiming for hidden layers with relu, Glorot for all others. */
  readonly init?: Init;
}

/** What one layer of a network gives. */
export interface LayerActivations {
  readonly name: string;
  readonly values: NdArray;
}

/**
 * Hidden layers, each affine, then tanh or relu, then dropout if asked for; a last affine layer gives the logits, without
 * any activation.
 *
 * @example
 * const network = new DeepNetwork(784, 10, 100, 1, { tanh: true, random: new RandomGenerator(1) });
 * network; // DeepNetwork(784 → 100 → 10, tanh), 79510 parameters
 * [...network.namedParameters().keys()].join(" ") // hidden.0.W hidden.0.b output.W output.b
 *
 * @python DeepNetwork
 */
export class DeepNetwork extends Module {
  readonly hidden: readonly Linear[];
  readonly output: Linear;
  readonly dropout: Dropout | undefined;
  readonly #tanh: boolean;

  /**
   * @param dimInput features of an example
   * @param dimOutput classes
   * @param hiddenDim width of each hidden layer
   * @param nLayers number of hidden layers; 0 leaves one affine map
   */
  constructor(dimInput: number, dimOutput: number, hiddenDim: number, nLayers: number, options: DeepNetworkOptions) {
    super();
    expectSizes(dimInput, dimOutput, hiddenDim, nLayers);
    expectOptions("DeepNetwork", options, ["random", "tanh", "dropout", "init"]);
    const { tanh = false, dropout, init } = options;
    const random = expectRandom("DeepNetwork", options.random);
    const widths = [dimInput, ...Array<number>(nLayers).fill(hiddenDim)];
    this.#tanh = tanh;
    this.hidden = widths.slice(1).map((width, i) => {
      return new Linear(widths[i]!, width, {
        random,
        init: init ?? (tanh ? "glorot" : "kaiming"),
      });
    });
    this.output = new Linear(widths.at(-1)!, dimOutput, { random, init: init ?? "glorot" });
    this.dropout = dropout === undefined ? undefined : new Dropout(dropout, { random });
    this.namedModules(); // names the layers for their first error, until a network that holds this one names them anew
  }

  /**
   * @param x one example `[in]`, or a batch `[n, in]`
   * @returns logits `[out]`, or `[n, out]`
   */
  forward(x: Tensor): Tensor {
    const isWatched = !this.#areLayersUnwatched();
    let h = x;
    for (let i = 0; i < this.hidden.length; i++) {
      h = pass(this.hidden[i]!.forward(h), isWatched);
      h = pass(this.#activate(h), isWatched);
      if (this.dropout !== undefined) h = pass(this.dropout.forward(h), isWatched);
    }
    return this.output.forward(h);
  }

  /** @internal */
  override get isUnwatched(): boolean {
    return this.forward === ownForward && this.#areLayersUnwatched();
  }

  #areLayersUnwatched(): boolean {
    if (this.dropout !== undefined && !this.dropout.isUnwatched) return false;
    for (let i = 0; i < this.hidden.length; i++) if (!this.hidden[i]!.isUnwatched) return false;
    return this.output.isUnwatched;
  }

  /**
   * What every layer gives for `x`: each hidden layer after its activation, then the logits. Nothing is dropped, in training
   * mode either, so that looking at a network does not change what it draws next.
   *
   * @example
   * const network = new DeepNetwork(2, 1, 3, 1, { init: "zero", random: new RandomGenerator(1) });
   * network.activations(array([1, 2])).map(({ name, values }) => `${name}: ${values}`).join(", ") // hidden.0: [0. 0. 0.], output: [0.]
   *
   * @param x one example `[in]`, or a batch `[n, in]`
   */
  activations(x: Tensor | NdArray): LayerActivations[] {
    return noGrad(() => {
      const found: LayerActivations[] = [];
      let h = asTensor(x);
      this.hidden.forEach((layer, i) => {
        h = this.#activate(layer.forward(h));
        found.push({ name: `hidden.${i}`, values: h.data });
      });
      return [...found, { name: "output", values: this.output.forward(h).data }];
    });
  }

  override get title(): string {
    const widths = [...this.hidden, this.output].map((layer) => layer.W.shape[1]!);
    const activation = this.hidden.length === 0 ? "linear" : this.#tanh ? "tanh" : "relu";
    const dropped = this.dropout === undefined ? "" : `, dropout ${this.dropout.rate}`;
    return `${this.constructor.name}(${[...widths, this.output.W.shape[0]].join(" → ")}, ${activation}${dropped})`;
  }

  override toString(): string {
    return summary(this);
  }

  #activate(h: Tensor): Tensor {
    return this.#tanh ? ops.tanh(h) : ops.relu(h);
  }
}

const ownForward = DeepNetwork.prototype.forward;

/** What goes on to the next layer: a result of our own, unless the layers are watched. */
const pass = (result: Tensor, isWatched: boolean): Tensor => (isWatched ? asTensor(result) : passing(result));

function expectSizes(dimInput: number, dimOutput: number, hiddenDim: number, nLayers: number): void {
  for (const [name, dimension] of Object.entries({ dimInput, dimOutput, hiddenDim })) {
    expectDimension("DeepNetwork", name, dimension);
  }
  if (!(Number.isSafeInteger(nLayers) && nLayers >= 0)) {
    throw new RangeError(
      `DeepNetwork: nLayers counts the hidden layers, a whole number ≥ 0, received ${describeValue(nLayers)}`,
    );
  }
}
