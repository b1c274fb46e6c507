// What an element is: 32- or 64-bit floating point, never mixed silently.

export type DType = "float32" | "float64";

/** The memory behind an array: row-major, one number an element. */
export type Data = Float32Array | Float64Array;

let defaultDType: DType = "float32";

/** The dtype of arrays created without one: float32, as in PyTorch, unless {@link withDefaultDType} says otherwise. */
export const currentDType = (): DType => defaultDType;

/** Runs the synchronous `body` with another default dtype, and puts the old one back whatever happens. */
export function withDefaultDType<T>(dtype: DType, body: () => T): T {
  const before = defaultDType;
  defaultDType = dtype;
  try {
    return body();
  } finally {
    defaultDType = before;
  }
}

export const allocate = (size: number, dtype: DType): Data =>
  dtype === "float32" ? new Float32Array(size) : new Float64Array(size);

export const dtypeOf = (data: Data): DType => (data instanceof Float32Array ? "float32" : "float64");
