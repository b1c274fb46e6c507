// Figures in the forms that a notebook shows, and figures that offer these forms themselves: a cell that ends with one
// shows it, in a kernel that asks its results how they look.
import type { Figure, SvgFigure } from "./figure.js";
import { figureToSvg } from "./svg/figure-to-svg.js";

/** How a notebook's kernel asks: a method without arguments, which returns the forms by MIME type. */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display");

/** The figure, able to show itself. */
export const figure = (parts: Figure): Figure => showing(parts, () => figureForms(parts));

/** The drawing, able to show itself. */
export const drawing = (parts: SvgFigure): SvgFigure => showing(parts, () => drawingForms(parts));

/** `value` with a method that no loop over its fields meets: it prints, compares and becomes JSON as before. */
export function showing<T extends object>(value: T, forms: () => object): T {
  return Object.defineProperty(value, displaySymbol, { value: forms, enumerable: false });
}

/** The live drawing, the static one, and one line of words. */
export const figureForms = (shown: Figure) => ({
  "application/vnd.plotly.v1+json": {
    data: shown.data,
    layout: shown.layout,
    config: { responsive: true, displaylogo: false },
  },
  "text/html": figureToSvg(shown),
  "text/plain": shown.layout.meta.alt,
});

/** A drawing that is too wide for the page scrolls in a frame of its own. */
export const drawingForms = ({ svg, alt }: SvgFigure) => ({
  "text/html": `<div style="overflow-x:auto">${svg}</div>`,
  "text/plain": alt,
});
