// What a parameter by columns gives as its `data`: the live array by rows, that it turns to when the numbers are asked for.
import type { DType } from "../nd/dtype.js";
import { expectArray, NdArray } from "../nd/nd-array.js";
import { type Shape, sameShape, sizeOf } from "../nd/shape.js";

/** The parameter behind a live matrix. */
interface Owner {
  readonly shape: Shape;
  values(): NdArray;
  assign(values: NdArray): void;
  /** Settles by rows, and gives the memory. */
  settledData(): Float32Array;
}

const notYet = new Float32Array();

/**
 * An array like any other, but for one thing: filling it, copying to it and copying it leave the parameter as it lies, so
 * that giving a network its first weights does not make it slower.
 */
export class LiveMatrix extends NdArray {
  readonly #owner: Owner;
  #isSettled = false;

  constructor(owner: Owner) {
    super(notYet, owner.shape, true);
    this.#owner = owner;
    Object.defineProperty(this, "data", { configurable: true, enumerable: true, get: () => this.#settle() });
  }

  override get dtype(): DType {
    return "float32";
  }

  override get size(): number {
    return sizeOf(this.shape);
  }

  override copy_(other: NdArray): this {
    expectArray("copy_", other);
    const fits = sameShape(this.shape, other.shape) && other.dtype === this.dtype;
    if (this.#isSettled || !fits) return super.copy_(other); // which says what does not fit
    this.#owner.assign(other);
    return this;
  }

  override fill_(value: number): this {
    if (this.#isSettled) return super.fill_(value);
    this.#owner.assign(new NdArray(new Float32Array(this.size).fill(value), this.shape));
    return this;
  }

  override clone(): NdArray {
    return this.#isSettled ? super.clone() : this.#owner.values();
  }

  #settle(): Float32Array {
    const value = this.#owner.settledData();
    this.#isSettled = true;
    Object.defineProperty(this, "data", { value, configurable: true, enumerable: true, writable: true });
    return value;
  }
}
