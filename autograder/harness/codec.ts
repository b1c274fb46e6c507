// Live values to the wire and back. What a submission returns is read once, with limits, whatever it pretends to be.
import { NdArray } from "retroprop";
import { asList, bareList } from "./bare-list.js";
import { maxDepth, maxFrameBytes, type WireArray, type WireDType, type WireValue } from "./protocol.js";
import { shortText } from "./short-text.js";

/** More than a frame holds: the sender must be told, nothing of it travels. */
export class TooLargeError extends RangeError {
  constructor() {
    super(`a value of more than ${maxFrameBytes} bytes`);
    this.name = "TooLargeError";
  }
}

/** Throws {@link TooLargeError}, and whatever the getters of `value` throw. */
export const encode = (value: unknown): WireValue => new Encoder().encode(value, 0);

/** What a test sends, live again: arrays of floating point numbers become NdArrays. */
export function decode(wire: WireValue): unknown {
  if (wire === null || typeof wire !== "object") return wire;
  switch (wire.t) {
    case "u":
      return undefined;
    case "n":
      return Number(wire.v);
    case "a":
      return decodeArray(wire);
    case "l":
      return asList(decodeAll(wire.items));
    case "o":
      return decodeObject(wire.entries);
    default:
      throw new TypeError(`decode: expected a value that can be sent, received ${JSON.stringify(wire)}`);
  }
}

/** Bare, and by index, as all that is encoded too: a submission may replace the methods of lists, and show what a call did not give. */
export function decodeAll(wires: readonly WireValue[]): unknown[] {
  const values = bareList<unknown>();
  for (let i = 0; i < wires.length; i++) values[i] = decode(wires[i]!);
  return values;
}

export function encodeAll(values: readonly unknown[]): WireValue[] {
  const wires = bareList<WireValue>();
  for (let i = 0; i < values.length; i++) wires[i] = encode(values[i]);
  return wires;
}

/** Defined, not assigned: a submission may have given all objects a setter of that name. */
function decodeObject(entries: readonly (readonly [string, WireValue])[]): object {
  const object = {};
  for (let i = 0; i < entries.length; i++) {
    const [key, wire] = [entries[i]![0], entries[i]![1]];
    const own = { __proto__: null, value: decode(wire), writable: true, enumerable: true, configurable: true };
    defineProperty(object, key, own as object);
  }
  return object;
}

// Taken before a submission is loaded, which may replace them.
const { isArray } = Array;
const { is, keys } = Object;
const { isInteger } = Number;
const { isView } = ArrayBuffer;
const { from } = Buffer;
const { defineProperty } = Reflect;
const functionName = (value: object) => shortText((value as { name?: unknown }).name, 100);

const constructors = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
} as const;
type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;
const kinds = Object.entries(constructors) as [WireDType, (typeof constructors)[WireDType]][];

/** Longer texts are cut: no exercise returns one. */
const maxText = 10_000;

class Encoder {
  /** Bytes that may still be sent: a first guard, the frame's own length is the last. */
  #budget = maxFrameBytes;
  /** The objects around the value in hand, by their depth: one of them inside itself is a cycle. */
  readonly #around = bareList<object>();

  encode(value: unknown, depth: number): WireValue {
    this.#spend(4);
    switch (typeof value) {
      case "undefined":
        return { t: "u" };
      case "boolean":
        return value;
      case "number":
        return encodeNumber(value);
      case "string":
        this.#spend(Math.min(value.length, maxText));
        return shortText(value, maxText);
      case "function":
        return { t: "f", name: functionName(value) };
      case "object":
        return value === null ? null : this.#encodeObject(value, depth);
      default:
        return { t: "x", what: typeof value };
    }
  }

  #encodeObject(value: object, depth: number): WireValue {
    if (value instanceof NdArray) return this.#encodeNdArray(value);
    if (isView(value)) return this.#encodeView(value);
    const opaque = opaqueKind(value);
    if (opaque !== undefined) return { t: "x", what: opaque };
    if (depth >= maxDepth) return { t: "x", what: `more than ${maxDepth} levels` };
    for (let i = 0; i < depth; i++) if (this.#around[i] === value) return { t: "x", what: "a cycle" };
    this.#around[depth] = value;
    return isArray(value)
      ? { t: "l", items: this.#encodeItems(value, depth + 1) }
      : { t: "o", entries: this.#encodeEntries(value as Record<string, unknown>, depth + 1) };
  }

  #encodeItems(list: readonly unknown[], depth: number): WireValue[] {
    const { length } = list; // read once: a Proxy may answer differently each time
    if (!isInteger(length) || length > maxFrameBytes) throw new TooLargeError();
    const items = bareList<WireValue>();
    for (let i = 0; i < length; i++) items[i] = this.encode(list[i], depth);
    return items;
  }

  #encodeEntries(object: Readonly<Record<string, unknown>>, depth: number): [string, WireValue][] {
    const names = keys(object);
    const entries = bareList<[string, WireValue]>();
    for (let i = 0; i < names.length; i++) {
      const key = names[i]!;
      this.#spend(key.length);
      entries[i] = [key, this.encode(object[key], depth)];
    }
    return entries;
  }

  #encodeNdArray({ data, shape }: NdArray): WireValue {
    const dtype = dtypeOf(data);
    if (dtype === undefined || !isArray(shape)) return { t: "x", what: "an NdArray without data" };
    const lengths = bareList<number>();
    for (let i = 0; i < shape.length && i <= maxDepth; i++) lengths[i] = Number(shape[i]);
    if (!isShapeOf(lengths, data)) return { t: "x", what: "an NdArray whose shape does not hold its data" };
    return this.#encodeData(dtype, data, lengths);
  }

  #encodeView(view: ArrayBufferView): WireValue {
    const dtype = dtypeOf(view);
    if (dtype === undefined) return { t: "x", what: "a view of bytes" };
    const array = this.#encodeData(dtype, view as TypedArray, [(view as TypedArray).length]);
    return dtype.startsWith("float") ? { ...array, bare: true } : array;
  }

  #encodeData(dtype: WireDType, data: TypedArray, shape: readonly number[]): WireArray {
    this.#spend((data.byteLength * 4) / 3);
    return { t: "a", dtype, shape, data: from(data.buffer, data.byteOffset, data.byteLength).toString("base64") };
  }

  #spend(bytes: number): void {
    this.#budget -= bytes;
    if (this.#budget < 0) throw new TooLargeError();
  }
}

function encodeNumber(value: number): WireValue {
  if (is(value, -0)) return { t: "n", v: "-0" };
  if (is(value, Number.NaN)) return { t: "n", v: "NaN" };
  if (value === Number.POSITIVE_INFINITY) return { t: "n", v: "Infinity" };
  return value === Number.NEGATIVE_INFINITY ? { t: "n", v: "-Infinity" } : value;
}

function dtypeOf(data: unknown): WireDType | undefined {
  for (let i = 0; i < kinds.length; i++) if (data instanceof kinds[i]![1]) return kinds[i]![0];
  return undefined;
}

function isShapeOf(shape: readonly number[], data: TypedArray): boolean {
  let size = 1;
  for (let i = 0; i < shape.length; i++) {
    const length = shape[i]!;
    if (!isInteger(length) || length < 0) return false;
    size *= length;
  }
  return shape.length <= maxDepth && size === data.length;
}

/** Objects whose fields do not say what they hold. */
const opaqueKinds = [Map, Set, WeakMap, WeakSet, Promise, Date, RegExp, Error, ArrayBuffer, Number, String, Boolean];
const opaqueKind = (value: object): string | undefined => opaqueKinds.find((kind) => value instanceof kind)?.name;

function decodeArray({ dtype, shape, data, bare }: WireArray): NdArray | TypedArray {
  const bytes = from(data, "base64");
  const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const array = new constructors[dtype](copy);
  const isFloat = array instanceof Float32Array || array instanceof Float64Array;
  return isFloat && bare !== true ? new NdArray(array, shape) : array;
}
