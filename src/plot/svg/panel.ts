// Where a panel's data lands on the page.
import type { Axis, Layout } from "../figure.js";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Panel extends Box {
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  /** From data to points of the page. */
  x(value: number): number;
  y(value: number): number;
}

/** The panels of the figure by the name of their x axis. */
export function panelsOf(layout: Layout, inside: Box): ReadonlyMap<"x" | "x2", Panel> {
  const panels = new Map<"x" | "x2", Panel>([["x", panel(layout.xaxis, layout.yaxis, inside)]]);
  if (layout.xaxis2 && layout.yaxis2) panels.set("x2", panel(layout.xaxis2, layout.yaxis2, inside));
  return panels;
}

function panel(xAxis: Axis, yAxis: Axis, inside: Box): Panel {
  const [left, right] = xAxis.domain ?? [0, 1];
  const [bottom, top] = yAxis.domain ?? [0, 1];
  const box: Box = {
    left: inside.left + left * inside.width,
    top: inside.top + (1 - top) * inside.height,
    width: (right - left) * inside.width,
    height: (top - bottom) * inside.height,
  };
  return {
    ...box,
    xAxis,
    yAxis,
    x: (value) => box.left + share(xAxis, value) * box.width,
    y: (value) => box.top + (1 - share(yAxis, value)) * box.height,
  };
}

function share({ type, range: [from, to] }: Axis, value: number): number {
  return ((type === "log" ? Math.log10(value) : value) - from) / (to - from);
}
