// Gradients on their way: what has arrived at each tensor while `backward` runs. Only when it has succeeded do they become
// `gradient`.
import { type Block, copyIn, kernels, release, take } from "../kernels/heap.js";
import type { NdArray } from "../nd/nd-array.js";
import type { StoredTensor } from "./stored-tensor.js";

/** The tensors where something has arrived in this run of `backward`. */
let touched: StoredTensor[] = []; // emptied by pop: setting its length would cost more than the run of a small graph
/** How many of them were computed and have not sent it further yet. */
let open = 0;

/** What a run of `backward` inside the backward of an operation has to leave alone. */
export interface OuterRun {
  readonly touched: StoredTensor[];
  readonly open: number;
  /** Bring back what had arrived. */
  readonly putBack: readonly (() => void)[];
}

/** Begins a run. Returns what {@link endRun} wants back. */
export function beginRun(): OuterRun | undefined {
  if (touched.length === 0) return undefined;
  const outer = { touched, open, putBack: touched.map((tensor) => tensor.setAside()) };
  touched = [];
  open = 0;
  return outer;
}

/**
 * Makes what has arrived the gradients of the tensors, and gives their graph up; nothing changes, and this throws, when one of
 * them does not fit what somebody left there, or when memory runs out.
 */
export function acceptAll(): void {
  for (let i = 0; i < touched.length; i++) touched[i]!.prepareToAccept();
  for (let i = 0; i < touched.length; i++) {
    const tensor = touched[i]!;
    tensor.acceptArrived();
    tensor.leaveGraph();
  }
}

/** Ends a run; what has arrived and was not accepted is dropped. */
export function endRun(outer: OuterRun | undefined): void {
  for (let tensor = touched.pop(); tensor !== undefined; tensor = touched.pop()) {
    if (tensor.hasArrived()) tensor.dropArrived();
  }
  open = 0;
  if (outer !== undefined) resume(outer);
}

function resume(outer: OuterRun): void {
  touched = outer.touched;
  open = outer.open;
  for (const putBack of outer.putBack) putBack();
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
  if (tensor.hasArrived()) return tensor.arrivedBlock().pointer;
  const block = take(tensor.lengthOnHeap);
  tensor.arrived = block;
  touch(tensor);
  return block.pointer;
}

/** Adds a gradient to what has arrived; the first is copied where it shares the memory of `g`. */
export function receive(tensor: StoredTensor, gradient: NdArray, g: NdArray): void {
  if (!tensor.hasArrived()) {
    tensor.arrivedArray = gradient.data.buffer === g.data.buffer ? gradient.clone() : gradient;
    touch(tensor);
  } else if (tensor.arrivedArray !== undefined) {
    tensor.arrivedArray.add_(gradient);
  } else {
    const block = tensor.intoLayout(gradient);
    kernels.scale(target(tensor), block.pointer, 1, tensor.lengthOnHeap, true);
    release(block);
  }
}

/** `gradient` as a block, in the layout of every tensor that is no parameter. */
export const copyArrayIn = ({ data }: NdArray): Block => copyIn(data as Float32Array);
