// Reads what came over the wire into values that hold nothing of the sender's: fresh arrays, maps, every size checked.
import { maxDepth, maxFrameBytes, type WireDType } from "../harness/protocol.js";
import { printable } from "./printable.js";
import type { ArrayValue, Value } from "./student.js";
import { StudentFault } from "./student-fault.js";

/** `wire` is whatever JSON held. Throws {@link StudentFault} "unreadable" on anything that is no {@link WireValue}. */
export function decodeValue(wire: unknown, depth = 0): Value {
  if (depth > maxDepth) throw unreadable(`nested deeper than ${maxDepth}`);
  if (wire === null || typeof wire === "boolean" || typeof wire === "number") return wire;
  if (typeof wire === "string") return wire;
  if (typeof wire !== "object") throw unreadable(`a ${typeof wire} is no value`);
  return decodeTagged(wire as Record<string, unknown>, depth);
}

function decodeTagged(wire: Readonly<Record<string, unknown>>, depth: number): Value {
  switch (wire["t"]) {
    case "u":
      return undefined;
    case "n":
      return decodeNumber(wire["v"]);
    case "a":
      return decodeArray(wire);
    case "l":
      return { kind: "list", items: expectList(wire["items"]).map((item) => decodeValue(item, depth + 1)) };
    case "o":
      return { kind: "object", entries: decodeEntries(wire["entries"], depth) };
    case "f":
      return { kind: "other", what: printable(`function ${expectText(wire["name"])}`, 60) };
    case "x":
      return { kind: "other", what: printable(expectText(wire["what"]), 60) };
    default:
      throw unreadable("a value without a known tag");
  }
}

function decodeNumber(value: unknown): number {
  if (value === "NaN" || value === "Infinity" || value === "-Infinity" || value === "-0") return Number(value);
  throw unreadable("a number that is none");
}

function decodeEntries(entries: unknown, depth: number): ReadonlyMap<string, Value> {
  const decoded = new Map<string, Value>();
  for (const entry of expectList(entries)) {
    const [key, value] = expectList(entry);
    if (typeof key !== "string") throw unreadable("a key that is no text");
    decoded.set(key, decodeValue(value, depth + 1));
  }
  return decoded;
}

const readers: Readonly<Record<WireDType, readonly [bytes: number, read: (view: DataView, at: number) => number]>> = {
  float32: [4, (view, at) => view.getFloat32(at, true)],
  float64: [8, (view, at) => view.getFloat64(at, true)],
  int8: [1, (view, at) => view.getInt8(at)],
  uint8: [1, (view, at) => view.getUint8(at)],
  int16: [2, (view, at) => view.getInt16(at, true)],
  uint16: [2, (view, at) => view.getUint16(at, true)],
  int32: [4, (view, at) => view.getInt32(at, true)],
  uint32: [4, (view, at) => view.getUint32(at, true)],
};

const isDType = (dtype: unknown): dtype is WireDType => typeof dtype === "string" && Object.hasOwn(readers, dtype);

function decodeArray(wire: Readonly<Record<string, unknown>>): ArrayValue {
  const { dtype, data } = wire;
  if (!isDType(dtype)) throw unreadable("an array of an unknown dtype");
  if (typeof data !== "string" || data.length > maxFrameBytes) throw unreadable("an array without data");
  const [bytes, read] = readers[dtype];
  const shape = decodeShape(wire["shape"]);
  const raw = Buffer.from(data, "base64");
  const size = shape.reduce((product, length) => product * length, 1);
  if (raw.length !== size * bytes) throw unreadable("an array whose shape does not hold its data");
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const numbers = new Float64Array(size);
  for (let i = 0; i < size; i++) numbers[i] = read(view, i * bytes);
  return { kind: "array", dtype, shape, data: numbers };
}

function decodeShape(shape: unknown): readonly number[] {
  const lengths = expectList(shape);
  const isLength = (length: unknown): length is number =>
    Number.isInteger(length) && Number(length) >= 0 && Number(length) <= maxFrameBytes;
  if (lengths.length > maxDepth || !lengths.every(isLength)) throw unreadable("an array of an impossible shape");
  return lengths;
}

/** An object of JSON can have a `toString` that is no function: `String(value)` would throw, and the fault seem ours. */
function expectText(value: unknown): string {
  if (typeof value === "string") return value;
  throw unreadable("a name that is no text");
}

function expectList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unreadable("a list that is none");
}

const unreadable = (message: string): StudentFault => new StudentFault("unreadable", { name: "Error", message });
