// The IDX format of MNIST and Fashion-MNIST: a big-endian header (magic number, one length an axis), then one byte a value.
// Source: http://yann.lecun.com/exdb/mnist/
import { NdArray } from "../nd/nd-array.js";
import { sizeOf } from "../nd/shape.js";
import { type DataHome, findEntry, type LocatedFile, locateSplit } from "./data-home.js";
import type { Dataset } from "./dataset.js";
import { fail, readVerified, readVerifiedBytes } from "./verified-read.js";

const imagesHeaderBytes = 16;
const labelsHeaderBytes = 8;
const unsignedByte = 0x08;

/** One split of an IDX data set: inputs `[n, rows, columns]` in [0, 1], each the float32 nearest to byte / 255. */
export function readIdxSplit(home: DataHome, name: string, split: string): Dataset {
  return {
    inputs: readImages(locateSplit(home, findEntry(home, name), split, "images")),
    labels: readIdxLabels(home, name, split),
    classNames: findEntry(home, name).classNames,
  };
}

export function readIdxLabels(home: DataHome, name: string, split: string): Uint8Array {
  const file = locateSplit(home, findEntry(home, name), split, "labels");
  const bytes = readVerifiedBytes(file);
  readHeader(file, bytes, 1);
  return bytes.slice(labelsHeaderBytes);
}

/** Converts piece by piece: the 220 MB of MNIST's pixels never stand beside its 55 MB of bytes. */
function readImages(file: LocatedFile): NdArray {
  const pixels = new Float32Array(file.expected.size - imagesHeaderBytes);
  let shape: readonly number[] = [];
  readVerified(file, (chunk, offset) => {
    if (offset === 0) shape = readHeader(file, chunk, 3);
    const skipped = offset === 0 ? imagesHeaderBytes : 0;
    scale(chunk, skipped, pixels, offset + skipped - imagesHeaderBytes);
  });
  return new NdArray(pixels, shape);
}

const scaled = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

function scale(bytes: Uint8Array, from: number, pixels: Float32Array, at: number): void {
  for (let i = from; i < bytes.length; i++) pixels[at + i - from] = scaled[bytes[i]!]!;
}

/** The lengths in the header, once it is sure that they announce exactly the bytes that follow. */
function readHeader(file: LocatedFile, start: Uint8Array, ndim: number): number[] {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const shape = Array.from({ length: ndim }, (_, axis) => view.getUint32(4 + 4 * axis));
  const announced = 4 + 4 * ndim + sizeOf(shape);
  if (view.getUint32(0) !== unsignedByte * 256 + ndim || announced !== file.expected.size) {
    fail(file, "altered", `is altered (no IDX header of ${ndim} axes and ${file.expected.size} bytes):`);
  }
  return shape;
}
