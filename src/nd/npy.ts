// NumPy's .npy format, in and out, on bytes: reading and writing files is the caller's.
// Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { allocate, type DType } from "./dtype.js";
import { NdArray } from "./nd-array.js";
import { expectShape, type Shape, ShapeError, sizeOf } from "./shape.js";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

interface Header {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: Shape;
  /** Where the elements start. */
  readonly offset: number;
}

/** The bytes of a .npy file (version 1.0, little-endian, C order) that holds `x`. */
export function encodeNpy(x: NdArray): Uint8Array {
  const shape = x.ndim === 1 ? `(${x.shape[0]},)` : `(${x.shape.join(", ")})`;
  const text = `{'descr': '${x.dtype === "float32" ? "<f4" : "<f8"}', 'fortran_order': False, 'shape': ${shape}, }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`; // the elements start at a multiple of 64
  const width = x.data.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(10 + padded.length + x.size * width);
  const view = new DataView(bytes.buffer);
  bytes.set([...magic, 1, 0]);
  view.setUint16(8, padded.length, true);
  bytes.set(new TextEncoder().encode(padded), 10);
  const write = (width === 4 ? view.setFloat32 : view.setFloat64).bind(view);
  for (let i = 0; i < x.size; i++) write(10 + padded.length + i * width, x.data[i]!, true);
  return bytes;
}

/**
 * The array in the bytes of a .npy file: float32 and float64 as they are, 8- to 32-bit integers and booleans as float32 or
 * float64, whichever holds them exactly. Throws {@link ShapeError} on anything else, or when bytes are missing.
 */
export function decodeNpy(bytes: Uint8Array): NdArray {
  const header = readHeader(bytes);
  const element = elementReaders.get(header.descr.slice(1));
  if (element === undefined) {
    throw new ShapeError(
      `decodeNpy: elements of type ${header.descr} are not supported; save them with .astype("float32") or .astype("float64")`,
    );
  }
  const size = sizeOf(header.shape);
  if (bytes.length < header.offset + size * element.width) {
    throw new ShapeError(
      `decodeNpy: truncated: expected ${size * element.width} bytes of elements, received ${bytes.length - header.offset}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.offset, size * element.width);
  const data = allocate(size, element.dtype);
  for (let i = 0; i < size; i++) data[i] = element.read(view, i * element.width, header.descr[0] !== ">");
  return header.fortranOrder ? fromFortranOrder(data, header.shape) : new NdArray(data, header.shape);
}

type ElementReader = {
  width: number;
  dtype: DType;
  read: (view: DataView, at: number, littleEndian: boolean) => number;
};

const elementReaders = new Map<string, ElementReader>([
  ["f4", { width: 4, dtype: "float32", read: (view, at, little) => view.getFloat32(at, little) }],
  ["f8", { width: 8, dtype: "float64", read: (view, at, little) => view.getFloat64(at, little) }],
  ["b1", { width: 1, dtype: "float32", read: (view, at) => view.getUint8(at) }],
  ["u1", { width: 1, dtype: "float32", read: (view, at) => view.getUint8(at) }],
  ["i1", { width: 1, dtype: "float32", read: (view, at) => view.getInt8(at) }],
  ["u2", { width: 2, dtype: "float32", read: (view, at, little) => view.getUint16(at, little) }],
  ["i2", { width: 2, dtype: "float32", read: (view, at, little) => view.getInt16(at, little) }],
  ["u4", { width: 4, dtype: "float64", read: (view, at, little) => view.getUint32(at, little) }],
  ["i4", { width: 4, dtype: "float64", read: (view, at, little) => view.getInt32(at, little) }],
]);

function readHeader(bytes: Uint8Array): Header {
  if (bytes.length < 10 || !magic.every((byte, i) => bytes[i] === byte)) {
    throw new ShapeError("decodeNpy: not a .npy file (its first bytes are not \\x93NUMPY)");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = bytes[6]! >= 2;
  const start = long ? 12 : 10;
  const length = long && bytes.length >= 12 ? view.getUint32(8, true) : view.getUint16(8, true);
  const text = new TextDecoder().decode(bytes.subarray(start, start + length));
  const [, descr] = /'descr':\s*'([^']*)'/.exec(text) ?? [];
  const [, order] = /'fortran_order':\s*(True|False)/.exec(text) ?? [];
  const [, lengths] = /'shape':\s*\(([^)]*)\)/.exec(text) ?? [];
  if (descr === undefined || order === undefined || lengths === undefined) {
    throw new ShapeError(`decodeNpy: header not understood: ${text.slice(0, 80)}`);
  }
  const shape = lengths
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
  expectShape("decodeNpy", shape);
  return { descr, fortranOrder: order === "True", shape, offset: start + length };
}

/** Column-major elements, put in row-major order. */
function fromFortranOrder(data: NdArray["data"], shape: Shape): NdArray {
  const out = allocate(data.length, data instanceof Float32Array ? "float32" : "float64");
  for (let i = 0; i < data.length; i++) {
    let rest = i;
    let source = 0;
    for (let axis = shape.length - 1, stride = data.length; axis >= 0; axis--) {
      stride /= shape[axis]!;
      source += (rest % shape[axis]!) * stride;
      rest = Math.floor(rest / shape[axis]!);
    }
    out[i] = data[source]!;
  }
  return new NdArray(out, shape);
}
