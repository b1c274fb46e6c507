// Activations by the kernels: their gradients need the result alone, which is on the heap anyway.
import { kernels, release, take } from "../../kernels/heap.js";
import type { NdArray } from "../../nd/nd-array.js";
import { copyArrayIn, target } from "../arrivals.js";
import type { Computed, HeapTwin } from "../operation.js";
import type { Tensor } from "../tensor.js";
import { multiply } from "./arithmetic.js";
import { borrow, computed } from "./borrow.js";

export const relu: HeapTwin<undefined> = {
  forward: (inputs) => activated(inputs[0]!, kernels.relu),
  backward(step, g) {
    const x = step.inputs[0]!;
    const { output } = step;
    const add = x.hasArrived();
    kernels.reluBackward(target(x), g.pointer, output.block!.pointer, x.size, add);
  },
};

export const tanh: HeapTwin<undefined> = {
  forward: (inputs) => activated(inputs[0]!, kernels.tanh),
  backward(step, g) {
    const x = step.inputs[0]!;
    const { output } = step;
    const add = x.hasArrived();
    kernels.tanhBackward(target(x), g.pointer, output.block!.pointer, x.size, add);
  },
};

export const sigmoid: HeapTwin<undefined> = {
  forward: (inputs) => activated(inputs[0]!, kernels.sigmoid),
  backward(step, g) {
    const x = step.inputs[0]!;
    const { output } = step;
    const add = x.hasArrived();
    kernels.sigmoidBackward(target(x), g.pointer, output.block!.pointer, x.size, add);
  },
};

function activated(x: Tensor, kernel: (y: number, x: number, n: number) => void): Computed {
  const operand = borrow(x);
  const y = take(x.size);
  kernel(y.pointer, operand.pointer, x.size);
  release(operand);
  return computed(x.shape, y);
}

/** `x ⊙ mask`: the mask of a dropout is saved. */
export const masked: HeapTwin<NdArray> = {
  forward(inputs, mask) {
    const x = inputs[0]!;
    if (mask.dtype !== "float32") return undefined;
    const operand = borrow(x);
    const kept = copyArrayIn(mask);
    const y = take(x.size);
    kernels.mul(y.pointer, operand.pointer, kept.pointer, x.size, false);
    release(operand);
    return computed(x.shape, y, undefined, kept);
  },
  backward(step, g) {
    multiply(step.inputs[0]!, g, step.second!);
  },
};
