// Linear: the affine layer W x + b.
import * as ops from "../autograd/ops.js";
import { Tensor } from "../autograd/tensor.js";
import { zeros } from "../nd/creation.js";
import { describeValue } from "../nd/describe.js";
import { expectSameDType } from "../nd/nd-array.js";
import type { RandomGenerator } from "../nd/random.js";
import { formatShape, ShapeError, sizeOf } from "../nd/shape.js";
import { expectDimension, expectOptions, expectRandom } from "./expect-options.js";
import { type Init, initialise } from "./init.js";
import { Module } from "./module.js";
import { Parameter } from "./parameter.js";

/** How the weights of a layer start; only zeros need no generator. */
export type LinearOptions = { readonly name?: string } & (
  | { readonly init: "zero"; readonly random?: RandomGenerator }
  | {
      /** Draws the weights. */
      readonly random: RandomGenerator;
      /** Fills the weights: "glorot" unless said otherwise. */
      readonly init?: Init;
    }
);

/**
 * Affine layer `W x + b`, b starts at 0.
 *
 * @example
 * const layer = new Linear(3, 2, { init: "zero" });
 * layer.b.data.copy_(array([1, 2]));
 * layer.forward(new Tensor([5, 6, 7])) // [1. 2.]
 * layer // Linear(3 → 2), 8 parameters
 *
 * @python Linear
 */
export class Linear extends Module {
  /** Weights `[out, in]`. */
  readonly W: Parameter;
  /** Bias `[out]`. */
  readonly b: Parameter;

  /**
   * @param dimInput features of an example
   * @param dimOutput scores of an example
   */
  constructor(dimInput: number, dimOutput: number, options: LinearOptions) {
    super();
    expectDimension("Linear", "dimInput", dimInput);
    expectDimension("Linear", "dimOutput", dimOutput);
    expectOptions("Linear", options, ["random", "init", "name"]);
    if (options.name !== undefined) this.name = options.name;
    const W = zeros([dimOutput, dimInput]);
    if (options.init !== "zero") {
      initialise(W, options.init ?? "glorot", expectRandom("Linear", options.random));
    }
    this.W = new Parameter(W, "W");
    this.b = new Parameter(zeros([dimOutput]), "b");
  }

  /**
   * @param x one example `[in]`, or a batch `[n, in]`
   * @returns scores `[out]`, or `[n, out]`
   * @throws ShapeError naming the layer when x does not fit
   */
  forward(x: Tensor): Tensor {
    this.#expectInput(x);
    return ops.affine(this.W, this.b, x);
  }

  /** @internal */
  override get isUnwatched(): boolean {
    return this.forward === ownForward;
  }

  override get title(): string {
    const [dimOut, dimIn] = this.W.shape;
    return `${this.constructor.name}(${dimIn} → ${dimOut})`;
  }

  #expectInput(x: Tensor): void {
    const features = this.W.shape[1]!;
    const ndim = x instanceof Tensor ? x.shape.length : 0;
    if ((ndim === 1 || ndim === 2) && x.shape[ndim - 1] === features) {
      if (x.dtype !== this.W.dtype) expectSameDType(this.#where(), this.W.data, x.data);
      return;
    }
    throw new ShapeError(`${this.#where()} received ${misfit(x, features)}`);
  }

  /** `Linear(784 → 100) "hidden.0"`. */
  #where(): string {
    return this.name === undefined ? this.title : `${this.title} "${this.name}"`;
  }
}

const ownForward = Linear.prototype.forward;

/** What came instead of examples with so many features, and what to do. */
function misfit(x: unknown, features: number): string {
  if (!(x instanceof Tensor)) return `${describeValue(x)}: expected a Tensor (new Tensor(…) wraps an array)`;
  const received = formatShape(x.shape);
  if (x.shape.length > 2 && x.shape.at(-1) === features) {
    return `${received}: make it one batch with reshape (expected [n, ${features}])`;
  }
  const isImages = x.shape.some((_, axis) => sizeOf(x.shape.slice(axis)) === features);
  return isImages
    ? `${received}: flatten the images first (expected […, ${features}])`
    : `${received}: expected […, ${features}]`;
}
