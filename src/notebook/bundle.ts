// What a notebook receives: one content in several forms, of which the page shows the richest it can.
import { inspect } from "node:util";
import type { Figure, SvgFigure } from "../plot/figure.js";
import { figureToSvg } from "../plot/svg/figure-to-svg.js";

/** Content by MIME type; `text/plain` is always there. */
export interface MimeBundle {
  readonly "text/plain": string;
  readonly [mimeType: string]: unknown;
}

const plotlyMimeType = "application/vnd.plotly.v1+json";

/** The forms of a value: a bundle as it is, a figure as a drawing, anything else as the text `console.log` would print. */
export function toBundle(value: unknown): MimeBundle {
  if (isBundle(value)) return value;
  if (isFigure(value)) return figureBundle(value);
  if (isSvgFigure(value)) return drawingBundle(value);
  return { "text/plain": typeof value === "string" ? value : inspect(value) };
}

/** The live drawing, the static one, and one line of words. */
function figureBundle(figure: Figure): MimeBundle {
  const { data, layout } = figure;
  return {
    [plotlyMimeType]: { data, layout, config: { responsive: true, displaylogo: false } },
    "text/html": figureToSvg(figure),
    "text/plain": layout.meta.alt,
  };
}

/** A drawing that is too wide for the page scrolls in a frame of its own. */
const drawingBundle = ({ svg, alt }: SvgFigure): MimeBundle => ({
  "text/html": `<div style="overflow-x:auto">${svg}</div>`,
  "text/plain": alt,
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isBundle = (value: unknown): value is MimeBundle => isObject(value) && typeof value["text/plain"] === "string";

const isFigure = (value: unknown): value is Figure =>
  isObject(value) &&
  Array.isArray(value["data"]) &&
  isObject(value["layout"]) &&
  isObject(value["layout"]["meta"]) &&
  typeof value["layout"]["meta"]["alt"] === "string";

const isSvgFigure = (value: unknown): value is SvgFigure =>
  isObject(value) && typeof value["svg"] === "string" && typeof value["alt"] === "string";
