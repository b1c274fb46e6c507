// Where the numbers of a tensor are, and its gradient: what is under {@link Tensor}, which says what they mean.
import { type Block, copyOut, floats, release } from "../kernels/heap.js";
import { type Kept, keep, readKept } from "../kernels/kept.js";
import type { DType } from "../nd/dtype.js";
import { argmaxLoop } from "../nd/loops.js";
import { NdArray } from "../nd/nd-array.js";
import { type Shape, sizeOf } from "../nd/shape.js";
import { copyArrayIn } from "./arrivals.js";
import { expectGradientOf } from "./expect-gradient.js";
import type { Step } from "./tape.js";

export interface TensorOptions {
  /** Whether gradients are wanted: true for what is learnt. */
  readonly requireGrad?: boolean;
  /** As drawings and messages show it. */
  readonly name?: string;
}

/**
 * The values and the gradient of a tensor, in ordinary memory or on the heap.
 *
 * There is one for each result of an operation: fields are declared and set once, in the constructor, which costs half of
 * what it does to define them first.
 */
export abstract class StoredTensor {
  declare readonly shape: Shape;
  /** Number of elements. */
  declare readonly size: number;
  declare readonly dtype: DType;
  declare readonly requireGrad: boolean;
  declare readonly name: string | undefined;

  // Its values are in one of three places: in an array of ordinary memory, on the heap while its step is on the tape (for a
  // while, if it was not recorded), or where they were kept when they left the heap.

  /** @internal In ordinary memory: given by hand, or a copy that was asked for. */
  declare array: NdArray | undefined;
  /** @internal On the heap. */
  declare block: Block | undefined;
  /** @internal What has left the heap. */
  declare kept: Kept | undefined;
  /** @internal Whether `array` is a view of `block`. */
  declare isLive: boolean;
  /** @internal How far its columns lie apart, for a matrix of parameters by columns; 0 for everything by rows. */
  declare stride: number;

  /** @internal Whether it is the library's own passing result, that nobody has asked for: its numbers go with its step. */
  declare isUnseen: boolean;

  /** @internal How it was computed; undefined for a leaf, and once `backward` has gone through it. */
  declare step: Step | undefined;
  /** @internal What has arrived while `backward` runs, on the heap. */
  declare arrived: Block | undefined;
  /** @internal The same in ordinary memory; at most one of the two. */
  declare arrivedArray: NdArray | undefined;
  /** @internal */
  declare gradientArray: NdArray | undefined;
  /** @internal */
  declare gradientKept: Kept | undefined;

  /** `array` and `shape` say the same, if both are there; one of them is. */
  constructor(array: NdArray | undefined, shape: Shape | undefined, options: TensorOptions) {
    this.shape = shape ?? array!.shape;
    this.size = sizeOf(this.shape);
    this.dtype = array === undefined ? "float32" : array.dtype;
    this.requireGrad = options.requireGrad === true;
    this.name = options.name;
    this.array = array;
    this.block = undefined;
    this.kept = undefined;
    this.isLive = false;
    this.stride = 0;
    this.isUnseen = false;
    this.step = undefined;
    this.arrived = undefined;
    this.arrivedArray = undefined;
    this.gradientArray = undefined;
    this.gradientKept = undefined;
  }

  /**
   * Its values. Those of a leaf are the array it was given; those of a result a copy of your own, which stays as it is.
   * A parameter gives the live array: what is written there is what the network computes with.
   */
  get data(): NdArray {
    this.array ??= this.readData();
    return this.array;
  }

  /** @internal The place of the largest of `n` elements from `start` on; the first of equals, and of a NaN if there is one. */
  largestFrom(start: number, n: number): number {
    const { array, block } = this;
    if (array === undefined && block !== undefined) return argmaxLoop(floats, (block.pointer >>> 2) + start, n, 1);
    return argmaxLoop(this.data.data, start, n, 1);
  }

  // The gradient

  /** The gradients that have arrived so far, summed; undefined before the first. */
  get gradient(): NdArray | undefined {
    this.gradientArray ??= this.readGradient();
    return this.gradientArray;
  }

  set gradient(gradient: NdArray | undefined) {
    this.zeroGrad();
    this.gradientArray = gradient;
  }

  /** Forgets the gradient. */
  zeroGrad(): void {
    this.gradientArray = this.gradientKept = undefined;
  }

  // On and off the heap

  /** @internal Its values in ordinary memory, made when asked for. */
  readData(): NdArray {
    const { block, kept, size } = this;
    return new NdArray(block === undefined ? readKept(kept!, size) : copyOut(block, size), this.shape);
  }

  /** @internal Its values as they were computed, for whoever only reads them at once. */
  peek(): NdArray {
    return this.kept === undefined ? this.data : new NdArray(readKept(this.kept, this.size), this.shape);
  }

  /** @internal Turns a matrix by columns to rows, for good. Only parameters lie by columns. */
  settleByRows(): void {}

  /** @internal Its step is over: the block goes back; the values stay, unless nobody can ask for them or compute with them. */
  leaveHeap(isNeeded: boolean): void {
    if (this.block === undefined) return;
    const isAskedFor = this.array === undefined && !this.isUnseen;
    if (isNeeded || isAskedFor) this.kept = keep(this.block, this.size);
    release(this.block);
    this.block = undefined;
  }

  /** @internal Whether its place on the heap is its own for good. */
  get isLasting(): boolean {
    return false;
  }

  /** @internal Its block, for whoever reads its numbers there: no move of an optimiser waits any more. */
  movedBlock(): Block {
    return this.block!;
  }

  /** @internal How many numbers it takes on the heap. */
  get lengthOnHeap(): number {
    return this.size;
  }

  /** @internal An array of its shape on the heap, laid out as its values are. */
  intoLayout(values: NdArray): Block {
    return copyArrayIn(values);
  }

  /** @internal The array that a block of its layout holds. */
  outOfLayout(block: Block): NdArray {
    return new NdArray(copyOut(block, this.size), this.shape);
  }

  /** Whether a gradient has arrived since the last `zeroGrad`. */
  get hasGradient(): boolean {
    return this.gradientArray !== undefined || this.gradientKept !== undefined;
  }

  // What has arrived

  /** @internal */
  hasArrived(): boolean {
    return this.arrived !== undefined || this.arrivedArray !== undefined;
  }

  /** @internal What has arrived, on the heap. */
  arrivedBlock(): Block {
    if (this.arrivedArray !== undefined) {
      this.arrived = this.intoLayout(this.arrivedArray);
      this.arrivedArray = undefined;
    }
    return this.arrived!;
  }

  /** @internal What has arrived, in ordinary memory. */
  arrivedValues(): NdArray {
    return this.arrivedArray ?? this.outOfLayout(this.arrivedBlock());
  }

  /** @internal Takes away what has arrived; the function it returns brings it back. */
  setAside(): () => void {
    const { arrived, arrivedArray } = this;
    this.arrived = undefined;
    this.arrivedArray = undefined;
    return () => {
      this.arrived = arrived;
      this.arrivedArray = arrivedArray;
    };
  }

  /** @internal Makes what has arrived a part of the gradient. */
  acceptArrived(): void {
    const { arrived, arrivedArray } = this;
    if (!this.isUnseen) {
      if (this.gradientArray !== undefined || this.gradientKept !== undefined)
        this.gradient!.add_(this.arrivedValues());
      else if (arrived === undefined) this.gradientArray = arrivedArray;
      else this.gradientKept = keep(arrived, this.size);
    }
    this.dropArrived();
  }

  /** @internal */
  dropArrived(): void {
    if (this.arrived !== undefined) release(this.arrived);
    this.arrived = undefined;
    this.arrivedArray = undefined;
  }

  /**
   * @internal All of accepting that can fail: takes the memory for it, and throws {@link ShapeError} when somebody left a
   * gradient of another kind here. Changes nothing that anybody sees.
   */
  prepareToAccept(): void {
    if (this.gradientArray === undefined) return;
    expectGradientOf("backward, to what is in gradient", this, this.gradientArray);
    const arrived = this.arrivedValues();
    this.dropArrived();
    this.arrivedArray = arrived;
  }

  /** @internal A gradient has gone through it: gives up how it was computed. */
  abstract leaveGraph(): void;

  /** @internal */
  readGradient(): NdArray | undefined {
    if (this.gradientKept === undefined) return undefined;
    return new NdArray(readKept(this.gradientKept, this.size), this.shape);
  }
}
