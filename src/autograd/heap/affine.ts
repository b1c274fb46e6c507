// The affine layer by the kernels, for parameters that live on the heap.
import { gemm } from "../../kernels/gemm.js";
import { type Block, kernels, release, take } from "../../kernels/heap.js";
import { sparseAffine } from "../../kernels/sparse-affine.js";
import { copyArrayIn, target } from "../arrivals.js";
import { denseOf, type Examples, examplesOf, type Form, nonZerosOf, sparseExamples } from "../examples.js";
import { Factors } from "../factors.js";
import { LearntTensor } from "../learnt-tensor.js";
import type { HeapTwin } from "../operation.js";
import type { Step } from "../tape.js";
import type { Tensor } from "../tensor.js";
import { borrow, computed, savedArray } from "./borrow.js";

/** Saves the examples: with their zeros in `first`, or without them in `second`. */
export const affine: HeapTwin<undefined> = {
  forward(inputs) {
    const W = inputs[0]!;
    const b = inputs[1]!;
    const x = inputs[2]!;
    if (!isOnHeap(W) || !isOnHeap(b) || !fits(W, b, x)) return undefined;
    const rows = rowsOf(x);
    const features = W.shape[1]!;
    const given = x instanceof LearntTensor ? copyOf(x) : borrow(x);
    const examples = examplesOf(given, rows, features, formFor(W, x));
    release(given);
    const out = b.shape[0]!;
    const y = take(rows * out);
    if (!transformOne(y.pointer, W, b, examples)) transform(y.pointer, W, b, examples);
    const isDense = examples.form === "dense";
    const first = isDense ? examples.block : undefined;
    const second = isDense ? undefined : examples.block;
    return computed(x.shape.length === 1 ? b.shape : [rows, out], y, first, second);
  },
  backward(step, g) {
    const W = step.inputs[0] as LearntTensor;
    const b = step.inputs[1] as LearntTensor;
    const x = step.inputs[2]!;
    const examples = examplesIn(step);
    if (x.requireGrad) sendToInput(W, x, g, examples.rows);
    const factors = new Factors(g, examples);
    W.receiveFactors(factors.retain());
    b.receiveFactors(factors.retain());
  },
  spill(step) {
    const x = step.inputs[2]!;
    const examples = examplesIn(step);
    const dense = denseOf(examples);
    const array = savedArray(dense, x);
    release(dense);
    return [undefined, undefined, array];
  },
};

const isOnHeap = (parameter: Tensor): parameter is LearntTensor =>
  parameter instanceof LearntTensor && parameter.block !== undefined;

/** What does not fit is left to the formula, which says so. */
function fits({ shape: W }: Tensor, { shape: b }: Tensor, { shape: x }: Tensor): boolean {
  return (
    W.length === 2 && b.length === 1 && b[0] === W[0] && x.length >= 1 && x.length <= 2 && x[x.length - 1] === W[1]
  );
}

/** A parameter as input is copied: factors outlive the step that moves it. */
function copyOf(x: LearntTensor): Block {
  x.settleByRows(); // as its gradient will be written
  return copyArrayIn(x.values());
}

/** Zeros are looked for in examples alone, not in what was computed: noGrad or not, the same bits. */
function formFor(W: Tensor, x: Tensor): Form {
  const isComputed = x.requireGrad || (x.block !== undefined && x.kept === undefined);
  if (isComputed) return "dense";
  return W.stride === 0 ? "groups" : "pairs";
}

const rowsOf = ({ shape }: Tensor): number => (shape.length === 1 ? 1 : shape[0]!);

function examplesIn({ inputs, first, second }: Step): Examples {
  const rows = rowsOf(inputs[2]!);
  const features = inputs[0]!.shape[1]!;
  return second === undefined
    ? { block: first!, rows, features, form: "dense" }
    : sparseExamples(second, rows, features);
}

/** Makes the move that waits for W while one example goes through it; false when there is none, or another form of examples. */
function transformOne(y: number, W: LearntTensor, b: Tensor, { block, rows, features, form }: Examples): boolean {
  if (rows !== 1 || form !== "dense") return false;
  const move = W.takeMove();
  if (move === undefined) return false;
  const { factors, factor } = move;
  const { g, x } = factors.vectors!;
  const out = b.shape[0]!;
  kernels.updateAffineColumns(y, W.block!.pointer, b.block!.pointer, block.pointer, g, x, factor, out, features);
  factors.release();
  return true;
}

/** `y = x Wᵀ + b` */
function transform(y: number, W: LearntTensor, b: Tensor, x: Examples): void {
  const { block, rows, features, form } = x;
  const { stride } = W;
  const out = b.shape[0]!;
  const w = W.movedBlock().pointer;
  const bias = b.block!.pointer;
  if (form === "pairs") sparseAffine(y, w, bias, nonZerosOf(x), block.pointer, rows, out);
  else if (form === "groups") kernels.sparseAffineRows(y, w, bias, nonZerosOf(x), block.pointer, rows, out, features);
  else if (rows !== 1) transformBatch(y, w, bias, block.pointer, rows, out, features, stride);
  else if (stride === 0) kernels.affineRows(y, w, bias, block.pointer, out, features);
  else kernels.affineColumns(y, w, bias, block.pointer, out, features);
}

function transformBatch(
  y: number,
  W: number,
  b: number,
  x: number,
  rows: number,
  out: number,
  features: number,
  stride: number,
): void {
  kernels.fillRows(y, b, rows, out);
  const transposed =
    stride === 0 ? { pointer: W, rowStep: 1, columnStep: features } : { pointer: W, rowStep: stride, columnStep: 1 };
  const [A, C] = [
    { pointer: x, rowStep: features, columnStep: 1 },
    { pointer: y, rowStep: out, columnStep: 1 },
  ];
  gemm(rows, out, features, 1, A, transposed, C, true);
}

/** `gx (+)= g W` */
function sendToInput(W: LearntTensor, x: Tensor, g: Block, rows: number): void {
  const out = W.shape[0]!;
  const features = W.shape[1]!;
  const { stride } = W;
  const w = W.movedBlock().pointer;
  const add = x.hasArrived();
  const gx = target(x);
  if (rows !== 1) {
    const B =
      stride === 0 ? { pointer: w, rowStep: features, columnStep: 1 } : { pointer: w, rowStep: 1, columnStep: stride };
    const [A, C] = [
      { pointer: g.pointer, rowStep: out, columnStep: 1 },
      { pointer: gx, rowStep: features, columnStep: 1 },
    ];
    gemm(rows, features, out, 1, A, B, C, add);
  } else if (stride === 0) kernels.affineInputRows(gx, w, g.pointer, out, features, add);
  else kernels.affineInputColumns(gx, w, g.pointer, out, features, add);
}
