// Turns what a program offers as a MIME bundle into one that can be sent: text, base64 or plain JSON under each type.
import type { MimeBundle } from "../../messages.js";

/** Sends a bundle to the front end, under the running cell; with `update`, in the place of what bears the same id. */
export type ShowBundle = (
  bundle: MimeBundle,
  options?: { readonly displayId?: string; readonly update?: boolean },
) => void;

/**
 * The same bundle, ready to be sent: bytes become base64, JSON types plain values.
 * Throws a TypeError when it is no record of MIME types, or when a representation cannot be sent.
 */
export function toMimeBundle(offered: unknown): MimeBundle {
  const entries = typeof offered === "object" && offered !== null ? Object.entries(offered) : [];
  const stray = entries.find(([type]) => !/^[\w.+-]+\/[\w.+-]+$/.test(type));
  if (entries.length === 0 || stray !== undefined) {
    const received = stray === undefined ? `${typeof offered} without any` : `a key ${JSON.stringify(stray[0])}`;
    throw new TypeError(`display: expected an object by MIME type, such as { "text/html": "…" }, received ${received}`);
  }
  return Object.fromEntries(entries.map(([type, value]) => [type, toRepresentation(type, value)]));
}

function toRepresentation(type: string, value: unknown): unknown {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return toBase64(value);
  if (/[/+]json$/.test(type)) return toPlainJson(type, value);
  if (Array.isArray(value) && value.every((line) => typeof line === "string")) return value.join("");
  throw new TypeError(`display: ${type} is shown from a string or a Uint8Array, received ${typeof value}`);
}

export const toBase64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

function toPlainJson(type: string, value: unknown): unknown {
  const text = JSON.stringify(value, withTypedArraysAsLists);
  if (text === undefined) throw new TypeError(`display: ${type} is shown from a JSON value, received ${typeof value}`);
  return JSON.parse(text);
}

/** JSON would write a Float32Array as `{"0":1,"1":2}`, and a Buffer as something of its own. */
function withTypedArraysAsLists(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Readonly<Record<string, unknown>>)[key];
  return ArrayBuffer.isView(original) && !(original instanceof DataView) ? Array.from(original as Uint8Array) : value;
}
