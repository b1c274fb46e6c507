// The functions of `src/functions` as operations of the graph: `ops.relu(x)` records itself and can be differentiated.
import { backwardRelu, backwardSigmoid, relu as reluOf, sigmoid as sigmoidOf } from "../functions/activations.js";
import { affineTransform, backwardAffineInput } from "../functions/affine.js";
import { backwardNll, backwardNllBatch, nllBatch, nll as nllOf } from "../functions/nll.js";
import { backwardSoftmax, softmax as softmaxOf } from "../functions/softmax.js";
import { full } from "../nd/creation.js";
import { outer, sum as sumOf, tanh as tanhOf } from "../nd/math.js";
import type { AxisOptions, NdArray } from "../nd/nd-array.js";
import { formatShape, type Shape, ShapeError, sameShape } from "../nd/shape.js";
import * as activations from "./heap/activations.js";
import { affine as affineOnHeap } from "./heap/affine.js";
import * as loss from "./heap/loss.js";
import type { Operation } from "./operation.js";
import { apply, asTensor, type Operand, type Tensor } from "./tensor.js";

export { gradientCheck } from "./gradient-check.js";

// Activations, element by element

const reluOperation: Operation = {
  name: "relu",
  onHeap: activations.relu,
  forward: ([x]) => reluOf(x!),
  backward: (g, _, [x]) => backwardRelu(x!, g),
};

/** Rectified linear unit `max(x, 0)`; its gradient at 0 is 0. */
export const relu = (x: Tensor): Tensor => apply(reluOperation, [x], undefined);

/** From the result y: `1 − y²`. */
const tanhOperation: Operation = {
  name: "tanh",
  onHeap: activations.tanh,
  forward: ([x]) => tanhOf(x!),
  backward: (g, _, __, y) => g.mul(y.mul(y).neg().add(1)),
};

/** Hyperbolic tangent. */
export const tanh = (x: Tensor): Tensor => apply(tanhOperation, [x], undefined);

const sigmoidOperation: Operation = {
  name: "sigmoid",
  onHeap: activations.sigmoid,
  forward: ([x]) => sigmoidOf(x!),
  backward: (g, _, [x]) => backwardSigmoid(x!, g),
};

/** Logistic sigmoid `1 / (1 + e⁻ˣ)`. */
export const sigmoid = (x: Tensor): Tensor => apply(sigmoidOperation, [x], undefined);

const softmaxOperation: Operation = {
  name: "softmax",
  onHeap: loss.softmax,
  forward: ([x]) => softmaxOf(x!),
  backward: (g, _, [x]) => backwardSoftmax(x!, g),
};

/** Softmax of a vector of logits `[k]`, or of each row of `[n, k]`. */
export const softmax = (x: Tensor): Tensor => apply(softmaxOperation, [x], undefined);

// Layers and losses

const affineOperation: Operation = {
  name: "affine",
  onHeap: affineOnHeap,
  forward: ([W, b, x]) => affineTransform(W!, b!, x!),
  backward: (g, i, [W, , x]) => {
    if (i === 2) return backwardAffineInput(W!, g);
    if (x!.ndim === 1) return i === 0 ? outer(g, x!) : g;
    return i === 0 ? g.transpose().matmul(x!) : sumOf(g, { axis: 0 });
  },
};

/** Affine transform `W x + b`: W `[out, in]`, b `[out]`, x `[in]` or a batch `[n, in]`. */
export const affine = (W: Tensor, b: Tensor, x: Tensor): Tensor => apply(affineOperation, [W, b, x], undefined);

const nllOperation: Operation<number | ArrayLike<number>> = {
  name: "nll",
  onHeap: loss.nll,
  forward: ([x], gold) =>
    full([], typeof gold === "number" ? nllOf(x!, gold) : nllBatch(x!, gold).mean(), { dtype: x!.dtype }),
  backward: (g, _, [x], __, gold) => {
    if (typeof gold === "number") return backwardNll(x!, gold, g.at());
    return backwardNllBatch(x!, gold, full([gold.length], g.at() / gold.length, { dtype: x!.dtype }));
  },
};

/**
 * Negative log-likelihood of the right class from logits: of one example `[k]` and its class, or the mean over a batch
 * `[n, k]` and its n classes.
 */
export const nll = (x: Tensor, gold: number | ArrayLike<number>): Tensor => apply(nllOperation, [x], gold);

const maskOperation: Operation<NdArray> = {
  name: "dropout",
  onHeap: activations.masked,
  forward: ([x], mask) => x!.mul(mask),
  backward: (g, _, __, ___, mask) => g.mul(mask),
};

/** `x ⊙ mask` for a constant mask of the shape of x: what dropout does once it has drawn. */
export function masked(x: Tensor, mask: NdArray): Tensor {
  if (!sameShape(mask.shape, x.shape)) {
    throw new ShapeError(
      `masked: the mask must have the shape of x (expected ${formatShape(x.shape)}, received ${formatShape(mask.shape)})`,
    );
  }
  return apply(maskOperation, [x], mask);
}

// Arithmetic: the methods of Tensor as functions

export const add = (a: Operand, b: Operand): Tensor => first(a, b).add(b);
export const sub = (a: Operand, b: Operand): Tensor => first(a, b).sub(b);
export const mul = (a: Operand, b: Operand): Tensor => first(a, b).mul(b);
export const div = (a: Operand, b: Operand): Tensor => first(a, b).div(b);
export const neg = (x: Tensor): Tensor => x.neg();
export const matmul = (a: Tensor | NdArray, b: Tensor | NdArray): Tensor => asTensor(a).matmul(b);
export const power = (x: Tensor, exponent: number): Tensor => x.power(exponent);
export const exp = (x: Tensor): Tensor => x.exp();
export const log = (x: Tensor): Tensor => x.log();
export const sum = (x: Tensor, options?: AxisOptions): Tensor => x.sum(options);
export const mean = (x: Tensor, options?: AxisOptions): Tensor => x.mean(options);
export const reshape = (x: Tensor, shape: Shape): Tensor => x.reshape(shape);
export const transpose = (x: Tensor): Tensor => x.transpose();

/** A number takes the dtype of what it stands beside. */
const first = (a: Operand, b: Operand): Tensor => asTensor(a, typeof b === "number" ? undefined : b.dtype);
