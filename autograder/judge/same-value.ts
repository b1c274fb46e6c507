// What was sent, in the form in which it comes back, and whether two values are the same to the bit.
import { isNdArray } from "./numbers.js";
import type { Sent, Value } from "./student.js";

/** `sent` as it would come back untouched. */
export function asReturned(sent: Sent): Value {
  if (typeof sent !== "object" || sent === null) return sent;
  if (isNdArray(sent)) {
    return { kind: "array", dtype: sent.dtype, shape: sent.shape, data: Float64Array.from(sent.data) };
  }
  if (ArrayBuffer.isView(sent)) return typedArrayValue(sent as unknown as ArrayLike<number>);
  if (Array.isArray(sent)) return { kind: "list", items: sent.map(asReturned) };
  const entries = Object.entries(sent as Readonly<Record<string, Sent>>);
  return { kind: "object", entries: new Map(entries.map(([key, value]) => [key, asReturned(value)])) };
}

function typedArrayValue(elements: ArrayLike<number>): Value {
  const dtype = elements.constructor.name.replace("Array", "").toLowerCase();
  return { kind: "array", dtype, shape: [elements.length], data: Float64Array.from(elements) };
}

/** The same kinds, shapes and elements; the dtype of arrays does not count. */
export function sameValue(a: Value, b: Value): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return Object.is(a, b);
  if (a.kind === "array") return b.kind === "array" && sameList(a.shape, b.shape) && sameList(a.data, b.data);
  if (a.kind === "list") return b.kind === "list" && sameValues(a.items, b.items);
  if (a.kind === "other") return b.kind === "other" && a.what === b.what;
  if (b.kind !== "object" || a.entries.size !== b.entries.size) return false;
  return [...a.entries].every(([key, value]) => b.entries.has(key) && sameValue(value, b.entries.get(key)));
}

const sameValues = (a: readonly Value[], b: readonly Value[]): boolean =>
  a.length === b.length && a.every((item, i) => sameValue(item, b[i]));

function sameList(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((element, i) => Object.is(element, b[i]));
}
