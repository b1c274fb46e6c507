// LearntTensor: a tensor that lives on the heap for as long as its owner wants it, and is moved in place by an optimiser.
import { currentBackend } from "../kernels/backend.js";
import { type Block, copyIn, copyOut, kernels, liveView, release, retain, take } from "../kernels/heap.js";
import { describeValue } from "../nd/describe.js";
import { NdArray } from "../nd/nd-array.js";
import { formatShape, ShapeError } from "../nd/shape.js";
import { touch } from "./arrivals.js";
import { fits } from "./expect-gradient.js";
import type { Factors } from "./factors.js";
import { forgotten, type Holdings, type Move } from "./holdings.js";
import { LiveMatrix } from "./live-matrix.js";
import { Tensor, type TensorOptions } from "./tensor.js";

/**
 * A tensor that requires a gradient and keeps its memory from step to step. Its first values are copied.
 *
 * A matrix lies by columns, which suits examples that are mostly zeros, until somebody asks for `data`: the live array is
 * by rows, and so is the matrix from then on. {@link LearntTensor.values} and {@link LearntTensor.assign} leave it alone.
 */
export class LearntTensor extends Tensor {
  #holdings: Holdings | undefined;
  /** What has arrived, as what it is made of. */
  #arrivedFactors: Factors | undefined;

  constructor(data: NdArray, options: TensorOptions) {
    super(data, { ...options, requireGrad: true });
    if (!(data instanceof NdArray)) return;
    if (data.dtype !== "float32" || currentBackend() !== "simd") {
      this.array = data.clone();
      return;
    }
    this.stride = data.ndim === 2 ? (data.shape[0]! + 3) & ~3 : 0;
    this.array = undefined;
    this.#hold(this.intoLayout(data));
  }

  // Values

  /** A copy of the values. */
  values(): NdArray {
    return this.block === undefined || this.isLive ? this.data.clone() : this.outOfLayout(this.movedBlock());
  }

  /** Copies `values`, of this shape and dtype, into the tensor. */
  assign(values: NdArray): void {
    expectLike(this, values);
    if (this.block === undefined || this.isLive) this.data.copy_(values);
    else {
      const laidOut = this.intoLayout(values);
      kernels.scale(this.movedBlock().pointer, laidOut.pointer, 1, this.lengthOnHeap, false);
      release(laidOut);
    }
  }

  /** @internal */
  override peek(): NdArray {
    return this.stride === 0 ? this.data : this.values();
  }

  /** @internal The live array. That of a matrix by columns settles it by rows when its numbers are asked for. */
  override readData(): NdArray {
    return this.stride === 0 ? new NdArray(this.settledData(), this.shape) : new LiveMatrix(this);
  }

  /** @internal The live numbers, by rows: the block is never used for anything else again, even when the tensor is gone. */
  settledData(): Float32Array {
    this.settleByRows();
    retain(this.block!);
    this.isLive = true;
    return liveView(this.block!, this.size);
  }

  /** @internal */
  override get isLasting(): boolean {
    return this.#holdings !== undefined;
  }

  /** @internal */
  override leaveHeap(): void {}

  /** @internal */
  override get lengthOnHeap(): number {
    return this.stride === 0 ? this.size : this.stride * this.shape[1]!;
  }

  /** @internal */
  override intoLayout(values: NdArray): Block {
    const byRows = copyIn(values.data as Float32Array);
    if (this.stride === 0) return byRows;
    const [out, features] = this.shape as [number, number];
    const byColumns = take(this.lengthOnHeap);
    kernels.fill(byColumns.pointer, 0, this.lengthOnHeap, false); // what pads a column
    kernels.transpose(byColumns.pointer, byRows.pointer, out, features, features, this.stride);
    release(byRows);
    return byColumns;
  }

  /** @internal */
  override outOfLayout(block: Block): NdArray {
    const byRows = this.#byRows(block);
    const values = new NdArray(copyOut(byRows, this.size), this.shape);
    release(byRows);
    return values;
  }

  /** The same by rows, with a reference for the caller. */
  #byRows(block: Block): Block {
    if (this.stride === 0) return retain(block);
    const [out, features] = this.shape as [number, number];
    const byRows = take(this.size);
    kernels.transpose(byRows.pointer, block.pointer, features, out, this.stride, features);
    return byRows;
  }

  /** @internal With its gradient. */
  override settleByRows(): void {
    if (this.stride === 0) return;
    const holdings = this.#holdings!;
    if (holdings.factors !== undefined) holdings.gradient = this.#takeFactors(holdings);
    const arrived = this.hasArrived() ? this.arrivedBlock() : undefined;
    const values = this.#byRows(this.movedBlock());
    const gradient = holdings.gradient === undefined ? undefined : this.#byRows(holdings.gradient);
    if (arrived !== undefined) {
      this.arrived = this.#byRows(arrived);
      release(arrived);
    }
    forgotten.unregister(this);
    release(holdings.values);
    if (holdings.gradient !== undefined) release(holdings.gradient);
    this.stride = 0;
    this.#hold(values, gradient);
  }

  #hold(values: Block, gradient?: Block): void {
    this.block = values;
    this.#holdings = { values, gradient, factors: undefined, move: undefined };
    forgotten.register(this, this.#holdings, this);
  }

  // The gradient

  override zeroGrad(): void {
    this.gradientArray = this.gradientKept = undefined;
    const holdings = this.#holdings;
    if (holdings === undefined) return;
    if (holdings.gradient !== undefined) release(holdings.gradient);
    holdings.factors?.release();
    holdings.gradient = holdings.factors = undefined;
  }

  override get hasGradient(): boolean {
    const holdings = this.#holdings;
    if (holdings !== undefined && (holdings.factors !== undefined || holdings.gradient !== undefined)) return true;
    return this.gradientArray !== undefined || this.gradientKept !== undefined;
  }

  /** @internal The gradient moves into ordinary memory, where whoever asked may change it. */
  override readGradient(): NdArray | undefined {
    const holdings = this.#holdings;
    if (holdings === undefined) return super.readGradient();
    const block = this.gradientBlock();
    if (block === undefined) return undefined;
    try {
      const gradient = this.outOfLayout(block);
      this.zeroGrad();
      return gradient;
    } finally {
      release(block);
    }
  }

  /**
   * @internal The gradient on the heap, laid out as the values are, with a reference for the caller. One that somebody has
   * read or set is copied in.
   */
  gradientBlock(): Block | undefined {
    if (this.gradientArray !== undefined) return this.intoLayout(this.gradientArray);
    const holdings = this.#holdings!;
    if (holdings.factors !== undefined) holdings.gradient = this.#takeFactors(holdings);
    return holdings.gradient === undefined ? undefined : retain(holdings.gradient);
  }

  /** @internal `values += factor · gradient`, without writing a gradient out that is in factors. */
  addGradient(factor: number): void {
    const { pointer } = this.movedBlock();
    const holdings = this.#holdings!;
    const { factors } = holdings;
    if (this.gradientArray === undefined && factors !== undefined) {
      if (this.stride !== 0 && factors.vectors !== undefined) holdings.move = { factors: factors.retain(), factor };
      else this.#addFactors(factors, pointer, factor);
      return;
    }
    const block = this.gradientBlock()!;
    kernels.scale(pointer, block.pointer, factor, this.lengthOnHeap, true);
    release(block);
  }

  // A move by the gradient of one example waits: the next example then goes through the matrix in the same pass

  /** @internal */
  override movedBlock(): Block {
    const block = this.block!;
    const move = this.takeMove();
    if (move !== undefined) {
      this.#addFactors(move.factors, block.pointer, move.factor);
      move.factors.release();
    }
    return block;
  }

  /** @internal The move that waits: the caller makes it, and releases the factors. */
  takeMove(): Move | undefined {
    const holdings = this.#holdings;
    if (holdings === undefined) return undefined;
    const { move } = holdings;
    holdings.move = undefined;
    return move;
  }

  // What has arrived

  /** @internal Takes `factors` over. */
  receiveFactors(factors: Factors): void {
    if (this.hasArrived()) {
      this.#addFactors(factors, this.arrivedBlock().pointer, 1);
      factors.release();
    } else {
      this.#arrivedFactors = factors;
      touch(this);
    }
  }

  /** @internal */
  override hasArrived(): boolean {
    return this.#arrivedFactors !== undefined || this.arrived !== undefined || this.arrivedArray !== undefined;
  }

  /** @internal */
  override arrivedBlock(): Block {
    if (this.#arrivedFactors === undefined) return super.arrivedBlock();
    this.arrived = this.#written(this.#arrivedFactors);
    this.#arrivedFactors = undefined;
    return this.arrived;
  }

  /** @internal What lies by columns is taken as an array: the matrix may be turned to rows meanwhile. */
  override setAside(): () => void {
    const factors = this.#arrivedFactors;
    this.#arrivedFactors = undefined;
    if (this.stride !== 0 && this.arrived !== undefined) {
      const values = this.arrivedValues();
      this.dropArrived();
      this.arrivedArray = values;
    }
    const putBack = super.setAside();
    return () => {
      putBack();
      this.#arrivedFactors = factors;
    };
  }

  /** @internal */
  override acceptArrived(): void {
    const holdings = this.#holdings;
    if (holdings === undefined || this.gradientArray !== undefined) {
      super.acceptArrived();
      return;
    }
    if (holdings.gradient !== undefined) {
      this.#addArrived(holdings.gradient);
      return;
    }
    holdings.factors = this.#arrivedFactors;
    holdings.gradient = this.arrived;
    this.#arrivedFactors = undefined;
    this.arrived = undefined;
  }

  /** @internal */
  override dropArrived(): void {
    super.dropArrived();
    this.#arrivedFactors?.release();
    this.#arrivedFactors = undefined;
  }

  /** @internal */
  override prepareToAccept(): void {
    const holdings = this.#holdings;
    if (holdings === undefined || this.gradientArray !== undefined) {
      super.prepareToAccept();
      return;
    }
    if (holdings.factors !== undefined) holdings.gradient = this.#takeFactors(holdings);
    const isAdded = holdings.gradient !== undefined && this.stride === 0; // adding factors by rows may take memory
    if (isAdded || this.#arrivedFactors === undefined) this.arrivedBlock();
  }

  /** Adds what has arrived to a gradient, and gives it back. */
  #addArrived(gradient: Block): void {
    if (this.#arrivedFactors !== undefined) this.#addFactors(this.#arrivedFactors, gradient.pointer, 1);
    else kernels.scale(gradient.pointer, this.arrived!.pointer, 1, this.lengthOnHeap, true);
    this.dropArrived();
  }

  /** The factors of the gradient, written out and given back. */
  #takeFactors(holdings: Holdings): Block {
    const block = this.#written(holdings.factors!);
    holdings.factors = undefined; // not before: memory may run out
    return block;
  }

  #written(factors: Factors): Block {
    const block = take(this.lengthOnHeap);
    kernels.fill(block.pointer, 0, this.lengthOnHeap, false);
    this.#addFactors(factors, block.pointer, 1);
    factors.release();
    return block;
  }

  /** Adds `alpha` times the gradient that `factors` make to memory laid out as the values are. */
  #addFactors(factors: Factors, pointer: number, alpha: number): void {
    const out = this.shape[0]!;
    if (this.shape.length === 1) factors.addToBias(pointer, alpha, out);
    else factors.addToWeights(pointer, alpha, out, this.stride);
  }
}

function expectLike({ shape, dtype }: Tensor, values: NdArray): void {
  if (fits(values, { shape, dtype })) return;
  const what = values instanceof NdArray ? `${formatShape(values.shape)} (${values.dtype})` : describeValue(values);
  throw new ShapeError(`assign: expected values of shape ${formatShape(shape)} (${dtype}), received ${what}`);
}
