// A figure as one static SVG, for readers without JavaScript: GitHub, nbconvert, print. No ids, no scripts, no styles to clash.
import type { Annotation, Figure, Layout, Trace } from "../figure.js";
import { fontSize } from "../theme.js";
import { drawAxes } from "./axes.js";
import { element, point, words } from "./element.js";
import { drawColourBar, drawLegend } from "./keys.js";
import { type Box, type Panel, panelsOf } from "./panel.js";
import { drawTrace } from "./traces.js";

const ordinaryWidth = 540;

/**
 * Draws what the functions of this folder return, close to how Plotly does.
 * Words and lines take the colour of the page's text; the drawing shrinks with its container.
 */
export function figureToSvg(figure: Figure): string {
  const { data, layout } = figure;
  const width = naturalWidth(layout);
  const inside = insideOf(layout, width);
  const panels = panelsOf(layout, inside);
  const frame = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${point(width)} ${point(layout.height)}`,
    width,
    height: layout.height,
    role: "img",
    "aria-label": layout.meta.alt,
    fill: "currentColor",
    "font-family": layout.font.family,
    "font-size": fontSize,
    style: "max-width:100%;height:auto",
  };
  return element("svg", frame, [
    layout.title ? words(layout.title.text, { x: 12, y: 24, "font-size": layout.title.font.size }) : "",
    ...[...panels.values()].map((panel) => drawAxes(panel)),
    ...data.map((trace) => drawTrace(trace, panelOf(trace, panels))),
    ...(layout.annotations ?? []).map((note) => drawNote(note, panels.get("x")!)),
    layout.showlegend ? drawLegend(data, inside) : "",
    drawColourBar(data, inside),
  ]);
}

/** Square cells decide the width; everything else is as wide as a column of text. */
function naturalWidth({ xaxis, yaxis, height, margin }: Layout): number {
  if (yaxis.scaleanchor === undefined) return ordinaryWidth;
  const cell = (height - margin.t - margin.b) / Math.abs(yaxis.range[1] - yaxis.range[0]);
  return Math.round(cell * Math.abs(xaxis.range[1] - xaxis.range[0])) + margin.l + margin.r;
}

const insideOf = ({ height, margin }: Layout, width: number): Box => ({
  left: margin.l,
  top: margin.t,
  width: width - margin.l - margin.r,
  height: height - margin.t - margin.b,
});

function panelOf({ xaxis, type }: Trace, panels: ReadonlyMap<"x" | "x2", Panel>): Panel {
  const panel = panels.get(xaxis ?? "x");
  if (!panel) throw new RangeError(`figureToSvg: a ${type} trace is on axis ${xaxis}, which the layout lacks`);
  return panel;
}

const drawNote = ({ text, x, y, xanchor }: Annotation, panel: Panel): string =>
  words(text, { x: panel.x(x), y: panel.y(y) - 5, "text-anchor": textAnchors[xanchor] });

const textAnchors = { left: "start", center: "middle", right: "end" } as const;
