// Softmax and the negative log-likelihood by the kernels.
import { type Block, kernels, release, take, words } from "../../kernels/heap.js";
import { target } from "../arrivals.js";
import type { HeapTwin } from "../operation.js";
import type { Tensor } from "../tensor.js";
import { firstNumber } from "./arithmetic.js";
import { borrow, computed, computedNumber } from "./borrow.js";

/** How many rows a vector or a matrix of logits has; 0 for what is neither, or has no class. */
function rowsOf({ shape, size }: Tensor): number {
  const classes = shape[shape.length - 1] ?? 0;
  return (shape.length === 1 || shape.length === 2) && classes > 0 ? size / classes : 0;
}

export const softmax: HeapTwin<undefined> = {
  forward(inputs) {
    const x = inputs[0]!;
    const rows = rowsOf(x);
    if (rows === 0) return undefined;
    const operand = borrow(x);
    const y = take(x.size);
    kernels.softmax(y.pointer, operand.pointer, rows, x.size / rows);
    release(operand);
    return computed(x.shape, y);
  },
  backward(step, g) {
    const x = step.inputs[0]!;
    const { output } = step;
    const rows = rowsOf(x);
    const add = x.hasArrived();
    kernels.softmaxBackward(target(x), g.pointer, output.block!.pointer, rows, x.size / rows, add);
  },
};

/** Saves the probabilities and the labels. */
export const nll: HeapTwin<number | ArrayLike<number>> = {
  forward(inputs, gold) {
    const x = inputs[0]!;
    const rows = rowsOf(x);
    const labels = rows === 0 ? undefined : labelsOf(x, rows, gold);
    if (labels === undefined) return undefined;
    const operand = borrow(x);
    const p = take(x.size);
    const loss = kernels.nll(p.pointer, operand.pointer, labels.pointer, rows, x.size / rows);
    release(operand);
    return computedNumber(loss / rows, p, labels);
  },
  backward(step, g) {
    const x = step.inputs[0]!;
    const { first, second } = step;
    const rows = rowsOf(x);
    const c = Math.fround(firstNumber(g) / rows);
    const add = x.hasArrived();
    kernels.nllBackward(target(x), first!.pointer, second!.pointer, c, rows, x.size / rows, add);
  },
};

/** One class for a vector, as many as rows for a batch, as a block of words; undefined when they do not fit. */
function labelsOf({ shape, size }: Tensor, rows: number, gold: number | ArrayLike<number>): Block | undefined {
  const classes = size / rows;
  if (typeof gold === "number") {
    if (shape.length !== 1 || !isClass(gold, classes)) return undefined;
    const block = take(1);
    words[block.pointer >>> 2] = gold;
    return block;
  }
  if (shape.length !== 2 || gold.length !== rows) return undefined;
  for (let row = 0; row < rows; row++) if (!isClass(gold[row]!, classes)) return undefined;
  const block = take(rows);
  for (let row = 0; row < rows; row++) words[(block.pointer >>> 2) + row] = gold[row]!;
  return block;
}

const isClass = (gold: number, classes: number): boolean => Number.isInteger(gold) && gold >= 0 && gold < classes;
