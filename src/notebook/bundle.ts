// What a notebook receives: one content in several forms, of which the page shows the richest it can.
import { inspect } from "node:util";
import type { Figure, SvgFigure } from "../plot/figure.js";
import { displaySymbol, drawingForms, figureForms } from "../plot/show-itself.js";

/** Content by MIME type; `text/plain` is always there. */
export interface MimeBundle {
  readonly "text/plain": string;
  readonly [mimeType: string]: unknown;
}

/**
 * The forms of a value: a bundle as it is, what shows itself as it wants to be shown, a figure as a drawing, anything else
 * as the text `console.log` would print.
 */
export function toBundle(value: unknown): MimeBundle {
  if (isBundle(value)) return value;
  if (showsItself(value)) return withText(value[displaySymbol](), value);
  if (isFigure(value)) return figureForms(value);
  if (isSvgFigure(value)) return drawingForms(value);
  return { "text/plain": typeof value === "string" ? value : inspect(value) };
}

const withText = (forms: object, value: unknown): MimeBundle =>
  isBundle(forms) ? forms : { ...forms, "text/plain": inspect(value) };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isBundle = (value: unknown): value is MimeBundle => isObject(value) && typeof value["text/plain"] === "string";

interface ShowsItself {
  [displaySymbol](): object;
}

const showsItself = (value: unknown): value is ShowsItself =>
  isObject(value) && typeof (value as Partial<ShowsItself>)[displaySymbol] === "function";

/** Also one that was copied field by field, and has lost what it showed itself by. */
const isFigure = (value: unknown): value is Figure =>
  isObject(value) &&
  Array.isArray(value["data"]) &&
  isObject(value["layout"]) &&
  isObject(value["layout"]["meta"]) &&
  typeof value["layout"]["meta"]["alt"] === "string";

const isSvgFigure = (value: unknown): value is SvgFigure =>
  isObject(value) && typeof value["svg"] === "string" && typeof value["alt"] === "string";
