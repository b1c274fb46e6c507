// What explains the signs: the legend above the panels, the colour bar under them.
import { colourAt } from "../colour.js";
import type { HeatmapTrace, PointsTrace, ScatterTrace, Trace } from "../figure.js";
import { pngDataUri } from "../png.js";
import { legendLine, legendSign, wrapNames } from "../theme.js";
import { ticksOf } from "../ticks.js";
import { element, words } from "./element.js";
import type { Box } from "./panel.js";
import { markerPath } from "./traces.js";

/** One line of names with their signs just above `inside`; more lines, upwards, when they do not fit. */
export function drawLegend(traces: readonly Trace[], inside: Box): string {
  const named = traces.filter(isNamed);
  const lines = wrapNames(
    named.map(({ name }) => name),
    inside.width,
  );
  return lines
    .map((line, k) => {
      const y = inside.top - 12 - (lines.length - 1 - k) * legendLine;
      return line.map(({ index, offset }) => legendEntry(named[index]!, inside.left + offset, y)).join("");
    })
    .join("");
}

type NamedTrace = (ScatterTrace | PointsTrace) & { readonly name: string };

const isNamed = (trace: Trace): trace is NamedTrace =>
  trace.type === "scatter" && trace.name !== undefined && trace.showlegend !== false;

function legendEntry(trace: NamedTrace, x: number, y: number): string {
  const { marker, name } = trace;
  const middle = x + 12;
  return [
    "line" in trace
      ? element("path", { d: `M${x} ${y}h24`, stroke: trace.line.color, "stroke-width": trace.line.width })
      : "",
    marker ? element("path", { d: markerPath(marker.symbol, [middle, y], marker.size), fill: marker.color }) : "",
    words(name, { x: x + legendSign, y: y + 4.5 }),
  ].join("");
}

/** The colour bar of the first matrix that has one, centred under `inside`. */
export function drawColourBar(traces: readonly Trace[], inside: Box): string {
  const trace = traces.find((trace): trace is HeatmapTrace => trace.type === "heatmap" && trace.showscale);
  if (!trace?.colorbar) return "";
  const { len, thickness, title } = trace.colorbar;
  const width = len * inside.width;
  const left = inside.left + (inside.width - width) / 2;
  const top = inside.top + inside.height + 24;
  const toX = (value: number) => left + ((value - trace.zmin) / (trace.zmax - trace.zmin)) * width;
  return [
    words(title.text, { x: left + width / 2, y: top - 7, "text-anchor": "middle" }),
    gradient(trace, { left, top, width, height: thickness }),
    ...ticksOf({ range: [trace.zmin, trace.zmax] }, width / 60).map(({ value, label }) =>
      words(label, { x: toX(value), y: top + thickness + 16, "text-anchor": "middle", "font-size": 12 }),
    ),
  ].join("");
}

const steps = 129;

function gradient({ colorscale }: HeatmapTrace, { left, top, width, height }: Box): string {
  const palette = Array.from({ length: steps }, (_, k) => colourAt(colorscale, k / (steps - 1)));
  const pixels = Uint8Array.from(palette, (_, k) => k);
  const href = pngDataUri({ width: steps, height: 1, bitDepth: 8, palette, pixels });
  return element("image", { href, x: left, y: top, width, height, preserveAspectRatio: "none" });
}
