// The safetensors format, in and out, on bytes: named arrays that PyTorch, JAX and others read and write as well.
// Source: https://huggingface.co/docs/safetensors/index#format
import { describeValue } from "../nd/describe.js";
import { allocate, type DType } from "../nd/dtype.js";
import { expectArray, NdArray } from "../nd/nd-array.js";
import { formatShape, type Shape, ShapeError, sizeOf } from "../nd/shape.js";

const prefix = 8; // bytes of the header's length
const maxHeader = 100_000_000;
const metadataKey = "__metadata__";

/**
 * The bytes of a safetensors file that holds these arrays: 64-bit ones first, so that all are aligned, then by name.
 *
 * @example
 * const bytes = encodeSafetensors(new Map([["W", eye(2)]]), { course: "TP2" });
 * decodeSafetensors(bytes).get("W") // [[1. 0.]
 *                                   //  [0. 1.]]
 *
 * @param metadata texts that go along
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, NdArray>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const sorted = listArrays(tensors).sort(inFileOrder);
  const header = new TextEncoder().encode(headerOf(sorted, metadata));
  const padded = Math.ceil(header.length / 8) * 8;
  const dataSize = sorted.reduce((sum, [, { data }]) => sum + data.byteLength, 0);
  const bytes = new Uint8Array(prefix + padded + dataSize).fill(" ".charCodeAt(0), 0, prefix + padded);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  bytes.set(header, prefix);
  let at = prefix + padded;
  for (const [, { data }] of sorted) {
    const write = (data instanceof Float32Array ? view.setFloat32 : view.setFloat64).bind(view);
    for (const value of data) {
      write(at, value, true);
      at += data.BYTES_PER_ELEMENT;
    }
  }
  return bytes;
}

/**
 * The arrays in the bytes of a safetensors file, copied, in the order of the file. F32 and F64 as they are, F16 and BF16 as
 * float32. Throws {@link ShapeError} on other elements and on anything that is not as the format demands.
 */
export function decodeSafetensors(bytes: Uint8Array): Map<string, NdArray> {
  const { entries, dataStart } = readFile(bytes);
  return new Map(entries.map((entry) => [entry.name, readArray(entry, bytes, dataStart)]));
}

/** The texts that go along with the arrays of a safetensors file; none when it has no metadata. */
export function safetensorsMetadata(bytes: Uint8Array): Map<string, string> {
  return readFile(bytes).metadata;
}

// Writing

function listArrays(tensors: ReadonlyMap<string, NdArray>): [string, NdArray][] {
  if (!(tensors instanceof Map)) {
    fail(
      "encodeSafetensors",
      `expected a Map of arrays by name, received ${describeValue(tensors)}: new Map(Object.entries(…)) makes one`,
    );
  }
  for (const x of tensors.values()) expectArray("encodeSafetensors", x);
  return [...tensors];
}

const inFileOrder = ([a, x]: [string, NdArray], [b, y]: [string, NdArray]): number =>
  y.data.BYTES_PER_ELEMENT - x.data.BYTES_PER_ELEMENT || (a < b ? -1 : 1);

/** Written by hand: an object would put names that are numbers first. */
function headerOf(
  sorted: readonly [string, NdArray][],
  metadata: Readonly<Record<string, string>> | undefined,
): string {
  let offset = 0;
  const entries = sorted.map(([name, x]): [string, unknown] => {
    if (name === metadataKey) fail("encodeSafetensors", `${metadataKey} cannot be the name of an array`);
    const { shape, data } = x;
    const data_offsets = [offset, offset + data.byteLength];
    offset += data.byteLength;
    return [name, { dtype: data instanceof Float32Array ? "F32" : "F64", shape, data_offsets }];
  });
  if (metadata !== undefined) entries.unshift([metadataKey, expectTexts("encodeSafetensors", metadata)]);
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`;
}

// Reading

const where = "decodeSafetensors";

/** One array as the header announces it; offsets count from the end of the header. */
interface Entry {
  readonly name: string;
  readonly element: Element;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

interface Contents {
  readonly entries: readonly Entry[];
  readonly metadata: Map<string, string>;
  readonly dataStart: number;
}

/** How one element is stored, and what it becomes. */
interface Element {
  readonly width: number;
  readonly dtype: DType;
  read(view: DataView, at: number): number;
}

const elements = new Map<unknown, Element>([
  ["F64", { width: 8, dtype: "float64", read: (view, at) => view.getFloat64(at, true) }],
  ["F32", { width: 4, dtype: "float32", read: (view, at) => view.getFloat32(at, true) }],
  ["F16", { width: 2, dtype: "float32", read: (view, at) => fromFloat16(view.getUint16(at, true)) }],
  ["BF16", { width: 2, dtype: "float32", read: (view, at) => fromBfloat16(view.getUint16(at, true)) }],
]);

function readFile(bytes: Uint8Array): Contents {
  if (!(bytes instanceof Uint8Array)) {
    fail(
      where,
      `expected the bytes of a file, a Uint8Array, received ${describeValue(bytes)}: readFileSync(path) gives one, new Uint8Array(…) wraps an ArrayBuffer`,
    );
  }
  const { header, dataStart } = readHeader(bytes);
  const { [metadataKey]: metadata = {}, ...infos } = header;
  const entries = Object.entries(infos).map(([name, info]) => readEntry(name, info));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  expectContiguous(entries, bytes.length - dataStart);
  return { entries, metadata: new Map(Object.entries(expectTexts(where, metadata))), dataStart };
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < prefix) fail(where, `not a safetensors file: it has ${bytes.length} bytes, fewer than ${prefix}`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > maxHeader) {
    fail(where, `not a safetensors file: its header would have ${length} bytes (at most ${maxHeader})`);
  }
  const dataStart = prefix + length;
  if (dataStart > bytes.length) {
    fail(
      where,
      `truncated: the header has ${length} bytes, the file only ${bytes.length - prefix} after its first ${prefix}`,
    );
  }
  const header = parseHeader(bytes.subarray(prefix, dataStart));
  return { header, dataStart };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (error) {
    return fail(where, `the header is no JSON (${(error as Error).message})`);
  }
  if (!text.startsWith("{")) fail(where, "the header must begin with {");
  const twice = repeatedKey(text);
  if (twice !== undefined) fail(where, `the header has the key ${quote(twice)} twice`);
  return header as Record<string, unknown>;
}

function readEntry(name: string, info: unknown): Entry {
  const which = `${where}: ${quote(name)}`;
  const { dtype, shape, data_offsets: offsets } = (info ?? {}) as Record<string, unknown>;
  const element = elements.get(dtype);
  if (element === undefined) {
    throw new ShapeError(
      `${which}: elements of type ${quote(dtype)} are not supported, only F64, F32, F16 and BF16: convert it before it is saved`,
    );
  }
  if (!(Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0))) {
    throw new ShapeError(`${which}: a shape is a list of whole numbers ≥ 0, received ${quote(shape)}`);
  }
  if (!(Array.isArray(offsets) && offsets.length === 2 && offsets.every((offset) => Number.isSafeInteger(offset)))) {
    throw new ShapeError(`${which}: data_offsets must be two whole numbers, received ${quote(offsets)}`);
  }
  const [begin, end] = offsets as [number, number];
  const expected = sizeOf(shape as Shape) * element.width;
  if (end - begin !== expected) {
    throw new ShapeError(
      `${which}: ${shorten(formatShape(shape as Shape))} of ${dtype} takes ${expected} bytes, data_offsets [${begin}, ${end}] hold ${end - begin}`,
    );
  }
  return { name, element, shape: shape as Shape, begin, end };
}

/** Checks that the arrays, sorted, fill the data section: no hole, no overlap, nothing behind the last. */
function expectContiguous(entries: readonly Entry[], dataSize: number): void {
  let filled = 0;
  for (const { name, begin, end } of entries) {
    const problem = begin < filled ? "overlaps what comes before it" : "leaves a hole before it";
    if (begin !== filled) fail(where, `${quote(name)} ${problem}: it begins at ${begin}, not at ${filled}`);
    filled = end;
  }
  if (filled > dataSize) fail(where, `truncated: expected ${filled} bytes of elements, received ${dataSize}`);
  if (filled < dataSize) fail(where, `bytes behind the last array that belong to nothing: ${dataSize - filled}`);
}

function readArray({ element, shape, begin, end }: Entry, bytes: Uint8Array, dataStart: number): NdArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart + begin, end - begin);
  const data = allocate(sizeOf(shape), element.dtype);
  for (let i = 0; i < data.length; i++) data[i] = element.read(view, i * element.width);
  return new NdArray(data, shape);
}

/** A key that stands twice in one object of a valid JSON text: JSON.parse would keep the last and say nothing. */
function repeatedKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  let text = ""; // the last string: a key, if a colon follows
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === "{") open.push(new Set());
    else if (character === "}") open.pop();
    else if (character === '"') {
      const start = i++;
      while (json[i] !== '"') i += json[i] === "\\" ? 2 : 1;
      text = json.slice(start, i + 1);
    } else if (character === ":") {
      const key = JSON.parse(text) as string; // "a" and "\u0061" are the same key
      if (open.at(-1)!.has(key)) return key;
      open.at(-1)!.add(key);
    }
  }
  return undefined;
}

/** IEEE 754 half precision: 1 sign bit, 5 of exponent, 10 of fraction. */
function fromFloat16(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The upper half of a float32. */
function fromBfloat16(bits: number): number {
  return new Float32Array(Uint32Array.of(bits << 16).buffer)[0]!;
}

function expectTexts(from: string, metadata: unknown): Readonly<Record<string, string>> {
  const isObject = typeof metadata === "object" && metadata !== null && !Array.isArray(metadata);
  if (isObject && Object.values(metadata).every((value) => typeof value === "string")) {
    return metadata as Record<string, string>;
  }
  return fail(from, `${metadataKey} must be an object of texts, received ${quote(metadata)}`);
}

/** A value of the header for a message: never a long one, whatever the file holds. */
function quote(value: unknown): string {
  try {
    return shorten(JSON.stringify(value) ?? "undefined");
  } catch {
    return "lists without end"; // nested too deep for JSON.stringify, though JSON.parse went through
  }
}

/** The beginning of a long text. */
export const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

function fail(from: string, message: string): never {
  throw new ShapeError(`${from}: ${message}`);
}
