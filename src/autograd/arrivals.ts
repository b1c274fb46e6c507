// Gradients on their way: what has arrived at each tensor while `backward` runs. Only when it has succeeded do they become
// `gradient`.
import { type Block, copyIn, kernels, release, take } from "../kernels/heap.js";
import { NdArray } from "../nd/nd-array.js";
import { Factors } from "./factors.js";
import type { StoredTensor } from "./stored-tensor.js";

/** The tensors where something has arrived in this run of `backward`. */
let touched: StoredTensor[] = []; // emptied by pop: setting its length would cost more than the run of a small graph
/** How many of them were computed and have not sent it further yet. */
let open = 0;

/** What a run of `backward` inside the backward of an operation has to leave alone. */
export interface OuterRun {
  readonly touched: StoredTensor[];
  readonly open: number;
  readonly arrived: readonly StoredTensor["arrived"][];
}

/** Begins a run. Returns what {@link endRun} wants back. */
export function beginRun(): OuterRun | undefined {
  if (touched.length === 0) return undefined;
  const outer = { touched, open, arrived: touched.map(setAside) };
  touched = [];
  open = 0;
  return outer;
}

/** Takes what has arrived at a tensor, laid out by rows: the inner run may turn a matrix to rows. */
function setAside(tensor: StoredTensor): StoredTensor["arrived"] {
  const arrived = tensor.stride === 0 || tensor.arrived instanceof Factors ? tensor.arrived : arrivedArray(tensor);
  if (arrived !== tensor.arrived) tensor.dropArrived();
  tensor.arrived = undefined;
  return arrived;
}

/**
 * Makes what has arrived the gradients of the tensors; nothing changes, and this throws, when one of them does not fit what
 * somebody left there, or when memory runs out.
 */
export function acceptAll(): void {
  for (const tensor of touched) tensor.prepareToAccept();
  for (const tensor of touched) tensor.acceptArrived();
}

/** Ends a run; what has arrived and was not accepted is dropped. */
export function endRun(outer: OuterRun | undefined): void {
  for (let tensor = touched.pop(); tensor !== undefined; tensor = touched.pop()) {
    if (tensor.arrived !== undefined) tensor.dropArrived();
  }
  open = 0;
  if (outer === undefined) return;
  touched = outer.touched;
  open = outer.open;
  outer.touched.forEach((tensor, i) => {
    tensor.arrived = outer.arrived[i];
  });
}

/** Notes that a gradient goes to `tensor`: once for each that had none. */
export function touch(tensor: StoredTensor): void {
  touched.push(tensor);
  if (tensor.step !== undefined) open++;
}

/** Whether gradients still have somewhere to go. */
export const isOpen = (): boolean => open > 0;

/** Notes that the gradient of a computed tensor goes further. */
export function close(): void {
  open--;
}

/** Where a kernel writes the gradient of `tensor`; it adds if {@link StoredTensor.hasArrived} said so BEFORE this call. */
export function target(tensor: StoredTensor): number {
  const { arrived } = tensor;
  if (arrived === undefined) {
    const block = take(tensor.lengthOnHeap);
    tensor.arrived = block;
    touch(tensor);
    return block.pointer;
  }
  return arrivedBlock(tensor).pointer;
}

/** What has arrived at a tensor, on the heap. */
export function arrivedBlock(tensor: StoredTensor): Block {
  const { arrived } = tensor;
  if (arrived instanceof NdArray) tensor.arrived = tensor.intoLayout(arrived);
  else if (arrived instanceof Factors) tensor.arrived = tensor.expand(arrived);
  return tensor.arrived as Block;
}

/** What has arrived at a computed tensor, in ordinary memory. */
export function arrivedArray(tensor: StoredTensor): NdArray {
  const { arrived } = tensor;
  return arrived instanceof NdArray ? arrived : tensor.outOfLayout(arrivedBlock(tensor));
}

/** Adds a gradient to what has arrived; the first is copied where it shares the memory of `g`. */
export function receive(tensor: StoredTensor, gradient: NdArray, g: NdArray): void {
  if (!tensor.hasArrived()) {
    tensor.arrived = gradient.data.buffer === g.data.buffer ? gradient.clone() : gradient;
    touch(tensor);
  } else if (tensor.arrived instanceof NdArray) {
    tensor.arrived.add_(gradient);
  } else {
    const block = tensor.intoLayout(gradient);
    kernels.scale(target(tensor), block.pointer, 1, tensor.lengthOnHeap, true);
    release(block);
  }
}

/** `gradient` as a block, in the layout of every tensor that is no parameter. */
export const copyArrayIn = ({ data }: NdArray): Block => copyIn(data as Float32Array);
