// What a trace looks like: curves, bars, pictures and matrices.
import { colourAt } from "../colour.js";
import type {
  AreaTrace,
  BarTrace,
  Cell,
  HeatmapTrace,
  ImageTrace,
  MarkerSymbol,
  Placed,
  PointsTrace,
  ScatterTrace,
  Trace,
} from "../figure.js";
import { pngDataUri } from "../png.js";
import { element, point, words } from "./element.js";
import type { Panel } from "./panel.js";

export function drawTrace(trace: Trace, panel: Panel): string {
  switch (trace.type) {
    case "scatter":
      return clipped(panel, drawScatter(trace, panel));
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

function drawScatter(trace: ScatterTrace | PointsTrace | AreaTrace, panel: Panel): string {
  if (trace.mode === "markers") return drawPoints(trace, panel);
  if ("fill" in trace) return drawArea(trace, panel);
  return drawCurve(trace, panel);
}

function drawCurve({ x, y, line, marker }: ScatterTrace, panel: Panel): string {
  const places = placesOf(x, y, panel);
  const curve = element("path", {
    d: pathThrough(places),
    fill: "none",
    stroke: line.color,
    "stroke-width": line.width,
    "stroke-linejoin": "round",
  });
  if (!marker) return curve;
  return curve + element("path", { d: signsAt(places, marker), fill: marker.color });
}

function drawPoints({ x, y, marker }: PointsTrace, panel: Panel): string {
  const { color, line } = marker;
  const d = signsAt(placesOf(x, y, panel), marker);
  return element("path", {
    d,
    fill: color,
    stroke: line.color,
    "stroke-width": 2 * line.width,
    "paint-order": "stroke",
  });
}

const drawArea = ({ x, y, fillcolor, line }: AreaTrace, panel: Panel): string =>
  element("path", {
    d: pathThrough(placesOf(x, y, panel)),
    fill: fillcolor,
    stroke: line.color,
    "stroke-width": line.width,
    "stroke-linejoin": "round",
  });

type Place = readonly [number, number] | undefined;

const placesOf = (x: readonly Cell[], y: readonly Cell[], panel: Panel): Place[] =>
  x.map((value, k) => placeOf(value, y[k] ?? null, panel));

/** Broken where a place is missing. */
const pathThrough = (places: readonly Place[]): string =>
  places.map((place, k) => (place ? `${places[k - 1] ? "L" : "M"}${place.map(point).join(" ")}` : "")).join("");

const signsAt = (places: readonly Place[], marker: { readonly symbol: MarkerSymbol; readonly size: number }): string =>
  places.map((place) => (place ? markerPath(marker.symbol, place, marker.size) : "")).join("");

function placeOf(x: Cell, y: Cell, panel: Panel): Place {
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
  const source = pngDataUri({ width, height, bitDepth: 8, transparentFirst: true, ...coloured(trace, panel) });
  return picture(source, trace, { width, height }, panel) + cellNumbers(trace, panel);
}

/** Odd, so that zero in the middle of a symmetric scale has a colour of its own. */
const levels = 65;

function coloured({ z, zmin, zmax, colorscale, ...at }: HeatmapTrace, panel: Panel) {
  const fromTop = goesUp(at, panel) ? [...z].reverse() : z;
  const hole: readonly [number, number, number] = [255, 255, 255];
  const palette = Array.from({ length: levels }, (_, level) => colourAt(colorscale, level / (levels - 1)));
  const level = (value: number | null) =>
    value === null ? 0 : 1 + Math.round((levels - 1) * Math.min(1, Math.max(0, (value - zmin) / (zmax - zmin))));
  return { palette: [hole, ...palette], pixels: Uint8Array.from(fromTop.flat(), level) };
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

/** Whether the next row is the one above, as on the axes of a curve, or the one below, as in an image. */
const goesUp = ({ y0, dy }: Placed, panel: Panel): boolean => panel.y(y0 + dy) < panel.y(y0);

function picture(source: string, at: Placed, size: { width: number; height: number }, panel: Panel): string {
  const left = panel.x(at.x0 - at.dx / 2);
  const [first, last] = [panel.y(at.y0 - at.dy / 2), panel.y(at.y0 + at.dy * (size.height - 0.5))];
  return element("image", {
    href: source,
    x: left,
    y: Math.min(first, last),
    width: panel.x(at.x0 + at.dx * (size.width - 0.5)) - left,
    height: Math.abs(last - first),
    preserveAspectRatio: "none",
    style: "image-rendering:pixelated",
  });
}
