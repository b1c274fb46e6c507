// Activations by the kernels: their gradients need the result alone, which is on the heap anyway.
import { sigmoid as sigmoidKernel, tanh as tanhKernel } from "../../kernels/elementwise.js";
import { kernels, release, take } from "../../kernels/heap.js";
import type { NdArray } from "../../nd/nd-array.js";
import { copyArrayIn, target } from "../arrivals.js";
import type { Computed, HeapTwin } from "../operation.js";
import type { Tensor } from "../tensor.js";
import { multiply } from "./arithmetic.js";
import { borrow, computed } from "./borrow.js";

type Kernel = (y: number, x: number, n: number) => void;

export const relu = activation((y, x, n) => kernels.relu(y, x, n), "reluBackward");
export const tanh = activation(tanhKernel, "tanhBackward");
export const sigmoid = activation(sigmoidKernel, "sigmoidBackward");

/** An activation by its kernel, and the name of that of its gradient: kernels are loaded later than this file. */
function activation(
  forward: Kernel,
  backward: "reluBackward" | "tanhBackward" | "sigmoidBackward",
): HeapTwin<undefined> {
  return {
    forward: (inputs) => activated(inputs[0]!, forward),
    backward(step, g) {
      const x = step.inputs[0]!;
      const add = x.hasArrived();
      kernels[backward](target(x), g.pointer, step.output.block!.pointer, x.size, add);
    },
  };
}

function activated(x: Tensor, kernel: Kernel): Computed {
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
