// What a trace looks like: curves, bars, pictures and matrices.
import { colourAt } from "../colour.js";
import type { BarTrace, HeatmapTrace, ImageTrace, MarkerSymbol, Placed, ScatterTrace, Trace } from "../figure.js";
import { pngDataUri } from "../png.js";
import { element, point, words } from "./element.js";
import type { Panel } from "./panel.js";

export function drawTrace(trace: Trace, panel: Panel): string {
  switch (trace.type) {
    case "scatter":
      return clipped(panel, drawCurve(trace, panel));
    case "bar":
      return drawBars(trace, panel);
    case "heatmap":
      return drawHeatmap(trace, panel);
    case "image":
      return drawImage(trace, panel);
  }
}

/** A nested svg cuts off what leaves the panel, without an id that could clash with another figure's. */
const clipped = ({ left, top, width, height }: Panel, content: string): string =>
  element("svg", { x: left, y: top, width, height, viewBox: [left, top, width, height].map(point).join(" ") }, content);

function drawCurve({ x, y, line, marker }: ScatterTrace, panel: Panel): string {
  const places = x.map((value, k) => placeOf(value, y[k] ?? null, panel));
  const path = places.map((place, k) => (place ? `${places[k - 1] ? "L" : "M"}${place.map(point).join(" ")}` : ""));
  const curve = element("path", {
    d: path.join(""),
    fill: "none",
    stroke: line.color,
    "stroke-width": line.width,
    "stroke-linejoin": "round",
  });
  if (!marker) return curve;
  const signs = places.map((place) => (place ? markerPath(marker.symbol, place, marker.size) : ""));
  return curve + element("path", { d: signs.join(""), fill: marker.color });
}

function placeOf(x: number | null, y: number | null, panel: Panel): readonly [number, number] | undefined {
  if (x === null || y === null) return undefined;
  const place = [panel.x(x), panel.y(y)] as const;
  return place.every(Number.isFinite) ? place : undefined;
}

export function markerPath(symbol: MarkerSymbol, [x, y]: readonly [number, number], size: number): string {
  const h = size / 2;
  const start = (dx: number, dy: number) => `M${point(x + dx)} ${point(y + dy)}`;
  switch (symbol) {
    case "circle":
      return `${start(-h, 0)}a${h} ${h} 0 1 0 ${size} 0a${h} ${h} 0 1 0 ${-size} 0z`;
    case "square":
      return `${start(-h, -h)}h${size}v${size}h${-size}z`;
    case "diamond":
      return `${start(0, -h * 1.3)}l${h * 1.3} ${h * 1.3}l${-h * 1.3} ${h * 1.3}l${-h * 1.3} ${-h * 1.3}z`;
    case "triangle-up":
      return `${start(0, -h * 1.2)}l${h * 1.2} ${h * 2}h${-h * 2.4}z`;
  }
}

function drawBars({ x, y, width, marker, text }: BarTrace, panel: Panel): string {
  return x
    .map((middle, k) => {
      const height = y[k];
      if (height === null || height === undefined) return "";
      const [left, right] = [panel.x(middle - width / 2), panel.x(middle + width / 2)];
      const [zero, end] = [panel.y(0), panel.y(height)];
      const bar = { x: left, width: right - left, y: Math.min(zero, end), height: Math.abs(zero - end) };
      const label = {
        x: panel.x(middle),
        y: height < 0 ? end + 15 : end - 5,
        "text-anchor": "middle",
        "font-size": 12,
      };
      return element("rect", { ...bar, fill: marker.color[k] }) + (text[k] ? words(text[k], label) : "");
    })
    .join("");
}

const drawImage = ({ source, meta, ...placed }: ImageTrace, panel: Panel): string =>
  picture(source, placed, meta, panel);

/** One pixel a cell, then the numbers over them. */
function drawHeatmap(trace: HeatmapTrace, panel: Panel): string {
  const height = trace.z.length;
  const width = trace.z[0]?.length ?? 0;
  const source = pngDataUri({ width, height, bitDepth: 8, transparentFirst: true, ...coloured(trace) });
  return picture(source, trace, { width, height }, panel) + cellNumbers(trace, panel);
}

/** Odd, so that zero in the middle of a symmetric scale has a colour of its own. */
const levels = 65;

function coloured({ z, zmin, zmax, colorscale }: HeatmapTrace) {
  const hole: readonly [number, number, number] = [255, 255, 255];
  const palette = Array.from({ length: levels }, (_, level) => colourAt(colorscale, level / (levels - 1)));
  const level = (value: number | null) =>
    value === null ? 0 : 1 + Math.round((levels - 1) * Math.min(1, Math.max(0, (value - zmin) / (zmax - zmin))));
  return { palette: [hole, ...palette], pixels: Uint8Array.from(z.flat(), level) };
}

function cellNumbers({ text, textfont, ...at }: HeatmapTrace, panel: Panel): string {
  if (!text || !textfont) return "";
  const numbers = text.flatMap((row, i) =>
    row.map((label, j) =>
      label === "" ? "" : words(label, { x: panel.x(at.x0 + j * at.dx), y: panel.y(at.y0 + i * at.dy) + 4 }),
    ),
  );
  return element("g", { "text-anchor": "middle", "font-size": textfont.size, fill: textfont.color }, numbers);
}

function picture(source: string, at: Placed, size: { width: number; height: number }, panel: Panel): string {
  const [left, top] = [panel.x(at.x0 - at.dx / 2), panel.y(at.y0 - at.dy / 2)];
  return element("image", {
    href: source,
    x: left,
    y: top,
    width: panel.x(at.x0 + at.dx * (size.width - 0.5)) - left,
    height: panel.y(at.y0 + at.dy * (size.height - 0.5)) - top,
    preserveAspectRatio: "none",
    style: "image-rendering:pixelated",
  });
}
