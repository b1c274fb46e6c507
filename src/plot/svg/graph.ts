// Boxes and arrows of a computational graph, with a key under them.
import { french } from "../french.js";
import type { GraphEdge, GraphLayout } from "../graph-layout.js";
import { fontFamily, fontSize, palette, textWidth, titleSize } from "../theme.js";
import { element, point, words } from "./element.js";
import type { Box } from "./panel.js";

export interface GraphBox {
  readonly kind: "operation" | "parameter" | "constant";
  /** What computed it, its name, or both; a constant may have neither. */
  readonly heading: string | undefined;
  /** The numbers, where they are few. */
  readonly value: string | undefined;
  readonly shape: string | undefined;
  readonly gradient: string | undefined;
  /** Whether `gradient` is the norm of one that is too long to write. */
  readonly isNorm: boolean;
  /** Whether the graph ends here. */
  readonly isResult: boolean;
}

interface Line {
  readonly text: string;
  readonly size: number;
  readonly style: Readonly<Record<string, string>>;
}

const lineHeight = 18;
const padding = 9;
const margin = 14;
const titleHeight = 30;
const keyHeight = 34;
const gradientColour = palette[1]!;

/** How much room a box needs. */
export function boxSize(box: GraphBox): { width: number; height: number } {
  const lines = linesOf(box);
  const width = Math.max(...lines.map(({ text, size }) => textWidth(text, size)));
  return { width: Math.max(44, width + 2 * padding), height: lines.length * lineHeight + padding };
}

export function drawGraph(
  boxes: readonly GraphBox[],
  layout: GraphLayout,
  { alt, title }: { readonly alt: string; readonly title?: string | undefined },
): string {
  const key = keyOf(boxes);
  const keyWidth = key.reduce((sum, { width }) => sum + width, 0);
  const top = margin + (title === undefined ? 0 : titleHeight);
  const width = Math.ceil(
    Math.max(layout.width, keyWidth, title === undefined ? 0 : textWidth(title, titleSize)) + 2 * margin,
  );
  const height = Math.ceil(top + layout.height + keyHeight + margin);
  const left = (width - layout.width) / 2;
  const frame = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": alt,
    fill: "currentColor",
    "font-family": fontFamily,
    "font-size": fontSize,
    // A wide graph shrinks a little, then scrolls: smaller letters could not be read.
    style: `max-width:100%;min-width:${Math.round(0.85 * width)}px;height:auto`,
  };
  return element("svg", frame, [
    title === undefined ? "" : words(title, { x: 12, y: 24, "font-size": titleSize }),
    element("g", { transform: `translate(${point(left)} ${point(top)})` }, [
      ...layout.edges.map(drawEdge),
      ...boxes.map((box, i) => drawBox(box, layout.boxes[i]!)),
    ]),
    drawKey(key, { left: (width - keyWidth) / 2, y: top + layout.height + keyHeight }),
  ]);
}

function linesOf({ heading, value, shape, gradient, isNorm }: GraphBox): Line[] {
  const line = (text: string | undefined, size: number, style: Line["style"] = {}): Line[] =>
    text === undefined ? [] : [{ text, size, style }];
  return [
    ...line(heading, 15, { "font-weight": "600" }),
    ...line(value, fontSize),
    ...line(shape, 12, { "fill-opacity": "0.7" }),
    ...line(gradient && `${isNorm ? "‖∇‖" : "∇"} ${gradient}`, fontSize, gradientStyle),
  ];
}

const gradientStyle = { fill: gradientColour, "font-weight": "600" };

function drawBox(box: GraphBox, { left, top, width, height }: Box): string {
  const lines = linesOf(box).map(({ text, size, style }, k) =>
    words(text, { x: left + width / 2, y: top + (k + 1) * lineHeight, "font-size": size, ...style }),
  );
  return element("g", { "text-anchor": "middle" }, [
    element("rect", {
      x: left,
      y: top,
      width,
      height,
      ...frames[box.kind],
      "stroke-width": box.isResult ? "2.5" : "1.3",
    }),
    ...lines,
  ]);
}

const frames: Readonly<Record<GraphBox["kind"], Readonly<Record<string, string>>>> = {
  operation: { rx: "12", "fill-opacity": "0.06", stroke: "currentColor", "stroke-opacity": "0.55" },
  parameter: { rx: "2", fill: palette[0]!, "fill-opacity": "0.16", stroke: palette[0]! },
  constant: { rx: "2", fill: "none", stroke: "currentColor", "stroke-opacity": "0.55", "stroke-dasharray": "4 3" },
};

const headLength = 7;

/** Ends in a triangle of its own: an SVG marker would need an id. */
function drawEdge(edge: GraphEdge): string {
  const end = edge[edge.length - 1]!;
  const pieces = edge.map(({ x1, x2, y }, k) => {
    const before = edge[k - 1];
    const stop = k === edge.length - 1 ? x2 - headLength : x2;
    if (before === undefined) return `M${point(x1)} ${point(y)}H${point(stop)}`;
    const from = before.x2;
    const middle = (from + x1) / 2;
    const arrival = k === edge.length - 1 ? x1 - headLength : x1;
    const curve = [
      [middle, before.y],
      [middle, y],
      [arrival, y],
    ];
    return `C${curve.map((at) => at.map(point).join(" ")).join(" ")}H${point(stop)}`;
  });
  const line = element("path", {
    d: pieces.join(""),
    fill: "none",
    stroke: "currentColor",
    "stroke-opacity": "0.55",
    "stroke-width": "1.3",
  });
  const head = `M${point(end.x2)} ${point(end.y)}l${-headLength} -4v8z`;
  return line + element("path", { d: head, "fill-opacity": "0.7" });
}

interface KeyEntry {
  readonly width: number;
  draw(x: number, y: number): string;
}

const keySize = 12;
const sign = 24;

/** Explains the signs that the graph uses, and no others. */
function keyOf(boxes: readonly GraphBox[]): KeyEntry[] {
  const kinds = (["parameter", "constant", "operation"] as const).filter((kind) =>
    boxes.some((box) => box.kind === kind),
  );
  const entries: KeyEntry[] = kinds.map((kind) => ({
    width: sign + textWidth(french[kind], keySize) + 16,
    draw: (x, y) =>
      element("rect", { x, y: y - 10, width: 17, height: 11, ...frames[kind], rx: kind === "operation" ? "5" : "1" }) +
      words(french[kind], { x: x + sign, y, "font-size": keySize }),
  }));
  if (boxes.every(({ gradient }) => gradient === undefined)) return entries;
  const text = `∇ ${french.gradient}`;
  return [
    ...entries,
    {
      width: textWidth(text, keySize) + 8,
      draw: (x, y) => words(text, { x, y, "font-size": keySize, ...gradientStyle }),
    },
  ];
}

function drawKey(entries: readonly KeyEntry[], at: { readonly left: number; readonly y: number }): string {
  let x = at.left;
  return entries
    .map(({ width, draw }) => {
      const drawn = draw(x, at.y);
      x += width;
      return drawn;
    })
    .join("");
}
