// Products of vectors and matrices by the kernels: a vector counts as a row on the left and as a column on the right.
import { gemm, type Matrix } from "../../kernels/gemm.js";
import { type Block, kernels, take } from "../../kernels/heap.js";
import { target } from "../arrivals.js";
import type { HeapTwin } from "../operation.js";
import type { Tensor } from "../tensor.js";
import { borrow, computed, spillSaved } from "./borrow.js";

/** Saves the operands, but for parameters: these are read again on the way back. */
export const matmul: HeapTwin<undefined> = {
  forward(inputs) {
    const a = inputs[0]!;
    const b = inputs[1]!;
    if (!isWorthIt(a, b)) return undefined;
    const first = a.isLasting ? undefined : borrow(a);
    const second = b.isLasting ? undefined : borrow(b);
    const [m, k, n] = sizesOf(a, b);
    const y = take(m * n);
    gemm(m, n, k, 1, leftOf(a, first), rightOf(b, second), byRows(y.pointer, n), false);
    return computed([...a.shape.slice(0, -1), ...b.shape.slice(1)], y, first, second);
  },
  backward(step, g) {
    const a = step.inputs[0]!;
    const b = step.inputs[1]!;
    const [m, k, n] = sizesOf(a, b);
    const G = byRows(g.pointer, n);
    if (a.requireGrad) addProduct(a, m, n, G, transposed(rightOf(b, step.second)));
    if (b.requireGrad) addProduct(b, k, m, transposed(leftOf(a, step.first)), G);
  },
  spill: spillSaved,
};

/**
 * Whether the kernel gains more than copying ordinary arrays in costs, and the shapes fit: what does not fit is left to the
 * formula, which says so.
 */
function isWorthIt(a: Tensor, b: Tensor): boolean {
  const [da, db] = [a.shape.length, b.shape.length];
  if (da < 1 || da > 2 || db < 1 || db > 2 || a.shape[da - 1] !== b.shape[0]) return false;
  const [m, k, n] = sizesOf(a, b);
  if (m * k * n === 0) return false;
  return (a.block !== undefined && b.block !== undefined) || (m >= 4 && n >= 4);
}

const sizesOf = (a: Tensor, b: Tensor): [m: number, k: number, n: number] => [
  a.shape.length === 1 ? 1 : a.shape[0]!,
  b.shape[0]!,
  b.shape.length === 1 ? 1 : b.shape[1]!,
];

/** The left operand `[m, k]`: what was borrowed, or a parameter as it lies. */
function leftOf(a: Tensor, borrowed: Block | undefined): Matrix {
  const { pointer } = borrowed ?? a.movedBlock();
  return a.stride === 0 ? byRows(pointer, a.shape[a.shape.length - 1]!) : byColumns(pointer, a.stride);
}

/** The right operand `[k, n]`. */
function rightOf(b: Tensor, borrowed: Block | undefined): Matrix {
  const { pointer } = borrowed ?? b.movedBlock();
  return b.stride === 0 ? byRows(pointer, b.shape[1] ?? 1) : byColumns(pointer, b.stride);
}

const byRows = (pointer: number, length: number): Matrix => ({ pointer, rowStep: length, columnStep: 1 });
const byColumns = (pointer: number, stride: number): Matrix => ({ pointer, rowStep: 1, columnStep: stride });

const transposed = ({ pointer, rowStep, columnStep }: Matrix): Matrix => ({
  pointer,
  rowStep: columnStep,
  columnStep: rowStep,
});

/** Adds `A B` to the gradient of a vector or a matrix of `rows` rows, as that lies. */
function addProduct(x: Tensor, rows: number, k: number, A: Matrix, B: Matrix): void {
  const columns = x.size / rows;
  const isFirst = !x.hasArrived();
  const pointer = target(x);
  if (x.stride === 0) {
    gemm(rows, columns, k, 1, A, B, byRows(pointer, columns), !isFirst);
    return;
  }
  if (isFirst) kernels.fill(pointer, 0, x.lengthOnHeap, false); // what pads a column
  gemm(columns, rows, k, 1, transposed(B), transposed(A), byRows(pointer, x.stride), true);
}
