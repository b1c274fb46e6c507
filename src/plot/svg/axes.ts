// Grid lines, numbers and titles of a panel's two axes.
import { axisTitleSize, textWidth } from "../theme.js";
import { ticksOf } from "../ticks.js";
import { element, words } from "./element.js";
import type { Panel } from "./panel.js";

const faint = { stroke: "currentColor", "stroke-opacity": "0.18" };

export const drawAxes = (panel: Panel): string => drawXAxis(panel) + drawYAxis(panel);

function drawXAxis({ xAxis, left, top, width, height, x }: Panel): string {
  if (!xAxis.visible) return "";
  const bottom = top + height;
  const ticks = ticksOf(xAxis, Math.max(2, width / 70));
  return [
    xAxis.showgrid ? gridLines(ticks.map(({ value }) => `M${r(x(value))} ${r(top)}V${r(bottom)}`)) : "",
    ...ticks.map(({ value, label }) => words(label, { x: x(value), y: bottom + 18, "text-anchor": "middle" })),
    xAxis.title
      ? words(xAxis.title.text, {
          x: left + width / 2,
          y: bottom + 40,
          "text-anchor": "middle",
          "font-size": axisTitleSize,
        })
      : "",
  ].join("");
}

function drawYAxis({ yAxis, left, top, width, height, y }: Panel): string {
  if (!yAxis.visible) return "";
  const ticks = ticksOf(yAxis, Math.max(2, height / 50));
  const middle = top + height / 2;
  const titleX = left - 20 - Math.max(0, ...ticks.map(({ label }) => textWidth(label)));
  return [
    yAxis.showgrid ? gridLines(ticks.map(({ value }) => `M${r(left)} ${r(y(value))}H${r(left + width)}`)) : "",
    ...ticks.map(({ value, label }) => words(label, { x: left - 7, y: y(value) + 4.5, "text-anchor": "end" })),
    yAxis.title
      ? words(yAxis.title.text, {
          transform: `translate(${r(titleX)} ${r(middle)})rotate(-90)`,
          "text-anchor": "middle",
          "font-size": axisTitleSize,
        })
      : "",
  ].join("");
}

const gridLines = (lines: readonly string[]): string => element("path", { d: lines.join(""), fill: "none", ...faint });

const r = (value: number): number => Math.round(value * 10) / 10;
