// The result of a cell in all the forms a front end may show: what the value offers itself, a figure, an image, a table,
// and always text.
import type { MimeBundle } from "../../messages.js";
import { imageTypeOf } from "./image-type.js";
import { inspectText } from "./inspect-text.js";
import { toBase64, toMimeBundle } from "./mime-bundle.js";
import { tableOf } from "./object-table.js";

/**
 * How a value says what it looks like: a method that returns a bundle by MIME type.
 * https://docs.deno.com/runtime/reference/cli/jupyter/#rich-content-output
 */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display");

/** The forms of a value; undefined for `undefined`, which is no result. Never throws. */
export function showValue(value: unknown): MimeBundle | undefined {
  if (value === undefined) return undefined;
  const bundle = isObject(value) || typeof value === "function" ? richBundle(value) : {};
  return "text/plain" in bundle ? bundle : { ...bundle, "text/plain": inspectText(value) };
}

/** The first form that applies. A value may throw whenever it is looked at: then it has no such form. */
function richBundle(value: object): MimeBundle {
  for (const bundleOf of [ownBundle, figureBundle, imageBundle, tableBundle]) {
    try {
      const bundle = bundleOf(value);
      if (bundle !== undefined) return bundle;
    } catch {
      // the next form, or text
    }
  }
  return {};
}

function ownBundle(value: object): MimeBundle | undefined {
  const { [displaySymbol]: display } = value as { readonly [displaySymbol]?: unknown };
  return typeof display === "function" ? toMimeBundle(display.call(value)) : undefined;
}

/** Plotly's figures are plain objects: `{ data: [trace, …], layout: {…} }`. */
function figureBundle(value: object): MimeBundle | undefined {
  const [data, layout, config] = ["data", "layout", "config"].map((name) => ownField(value, name));
  if (!Array.isArray(data) || !data.every(isObject) || !isObject(layout) || Array.isArray(layout)) return undefined;
  const figure = { data, layout, ...(isObject(config) ? { config } : {}) };
  const count = `${data.length} trace${data.length === 1 ? "" : "s"}`;
  return toMimeBundle({ "application/vnd.plotly.v1+json": figure, "text/plain": `Plotly figure, ${count}` });
}

function imageBundle(value: object): MimeBundle | undefined {
  const type = value instanceof Uint8Array ? imageTypeOf(value) : undefined;
  if (type === undefined) return undefined;
  const bytes = value as Uint8Array;
  const name = type.slice("image/".length).toUpperCase();
  return { [type]: toBase64(bytes), "text/plain": `${name} image, ${bytes.byteLength} bytes` };
}

function tableBundle(value: object): MimeBundle | undefined {
  const html = tableOf(value);
  return html === undefined ? undefined : { "text/html": html, "text/plain": inspectText(value) };
}

/** Without running a getter: looking at a result computes nothing. */
const ownField = (value: object, name: string): unknown => Object.getOwnPropertyDescriptor(value, name)?.value;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
