// The graph behind a tensor as plain nodes: what a drawing needs, and what is left of it after `backward`.
import type { NdArray } from "../nd/nd-array.js";
import { GraphError } from "./graph-error.js";
import type { Tensor } from "./tensor.js";

/** A tensor and what it was computed from. Gradients are read when asked for: they arrive after the trace was taken. */
export interface TracedTensor {
  readonly data: NdArray;
  readonly gradient: NdArray | undefined;
  readonly requireGrad: boolean;
  readonly name: string | undefined;
  /** What computed it; undefined for a leaf. */
  readonly operation: string | undefined;
  readonly inputs: readonly TracedTensor[];
}

/**
 * Keeps the graph behind `root` for drawing: take it before `backward`, which releases the graph itself.
 *
 * @returns the node of `root`; a tensor used twice is the same node twice
 * @throws GraphError when `backward` has gone through it already
 */
export function traceGraph(root: Tensor): TracedTensor {
  if (root.isReleased) throw new GraphError("traceGraph: backward() has released this graph: trace it before");
  const nodes = new Map<Tensor, TracedTensor & { readonly inputs: TracedTensor[] }>();
  for (const tensor of creationOrder(root)) {
    nodes.set(tensor, {
      data: tensor.data,
      get gradient() {
        return tensor.gradient;
      },
      requireGrad: tensor.requireGrad,
      name: tensor.name,
      operation: tensor.operation,
      inputs: tensor.inputs.map((input) => nodes.get(input)!),
    });
  }
  return nodes.get(root)!;
}

/** Leaves first, then results in the order in which they were computed. Not recursive: graphs may be deep. */
function creationOrder(root: Tensor): Tensor[] {
  const seen = new Set([root]);
  for (const tensor of seen) for (const input of tensor.inputs) seen.add(input);
  const number = ({ step }: Tensor) => step?.number ?? -1;
  return [...seen].sort((a, b) => number(a) - number(b));
}
