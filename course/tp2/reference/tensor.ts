// The graph of TP2, written to be read: tensors that remember what computed them, and the walk back from a loss.
import { array, full, NdArray } from "retroprop";

/** Gradient of the loss with respect to one input of an operation, from `g`, its gradient with respect to the result. */
export type BackwardRule = (g: NdArray) => NdArray;

/** An array that remembers how it was computed. A leaf (an input, a parameter) has no inputs. */
export class Tensor {
  static #created = 0;
  /** Tensors are numbered as they are created: what computes a tensor always has a smaller number. */
  readonly number: number = Tensor.#created++;
  readonly data: NdArray;
  readonly requireGrad: boolean;
  /** Sum of the gradients received so far; undefined before the first. */
  gradient: NdArray | undefined = undefined;
  operation: string | undefined = undefined;
  inputs: readonly Tensor[] = [];
  /** One rule for each input. */
  rules: readonly BackwardRule[] = [];

  constructor(data: NdArray | number, { requireGrad = false }: { readonly requireGrad?: boolean } = {}) {
    this.data = data instanceof NdArray ? data : array(data);
    this.requireGrad = requireGrad;
  }

  /** Forgets the gradient. */
  zeroGrad(): void {
    this.gradient = undefined;
  }
}

/**
 * Whether one of the tensors requires a gradient: then so does what is computed from them.
 *
 * @python any_require_grad
 */
export function anyRequireGrad(...tensors: readonly Tensor[]): boolean {
  return tensors.some((tensor) => tensor.requireGrad);
}

/** The result of an operation. It remembers its inputs and its rules only if a gradient may be asked for. */
export function record(
  operation: string,
  data: NdArray,
  inputs: readonly Tensor[],
  rules: readonly BackwardRule[],
): Tensor {
  const result = new Tensor(data, { requireGrad: anyRequireGrad(...inputs) });
  if (result.requireGrad) Object.assign(result, { operation, inputs, rules });
  return result;
}

/**
 * Adds `g` to the gradient of a tensor. `g` itself is neither kept nor changed.
 *
 * @param tensor what receives the gradient
 * @param g of the shape of the tensor
 * @python Tensor.accumulate_gradient
 */
export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  if (tensor.gradient === undefined) tensor.gradient = g.clone();
  else tensor.gradient.add_(g);
}

/** The tape: `result` and all that led to it, in the order of their creation. */
export function tapeOf(result: Tensor): Tensor[] {
  const found = new Set([result]);
  for (const tensor of found) for (const input of tensor.inputs) found.add(input); // the loop goes on to what it adds
  return [...found].sort((a, b) => a.number - b.number);
}

/**
 * Walks the tape from `result` back to the leaves: each tensor, once its gradient is complete, gives its inputs theirs.
 * Gradients of leaves add up from one call to the next; those of computed tensors are of the last call, and stay.
 *
 * @param result usually the loss
 * @param g gradient with respect to the result, of its shape: 1 everywhere when nothing follows
 * @python Tensor.backward
 */
export function backward(result: Tensor, g: NdArray = full(result.data.shape, 1, { dtype: result.data.dtype })): void {
  const tape = tapeOf(result);
  for (const tensor of tape) if (tensor.inputs.length > 0) tensor.zeroGrad();
  accumulateGradient(result, g);
  for (const { inputs, rules, gradient } of tape.reverse()) {
    inputs.forEach((input, i) => {
      if (input.requireGrad && gradient !== undefined) accumulateGradient(input, rules[i]!(gradient));
    });
  }
}
