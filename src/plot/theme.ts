// How figures look: a palette safe for colour-blind readers, colour scales, and layouts that suit light and dark pages.
import type { Annotation, Axis, ColourScale, Layout, MarkerSymbol, Title } from "./figure.js";

/** Okabe and Ito's colours, darkest contrasts first. */
export const palette: readonly string[] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

/** A second sign beside the colour, to tell curves apart. */
export const symbols: readonly MarkerSymbol[] = ["circle", "square", "diamond", "triangle-up"];

export const cycle = <T>(items: readonly T[], index: number): T => items[index % items.length]!;

/** Negative blue, zero nearly white, positive orange. */
export const divergingScale: ColourScale = [
  [0, "#0b3c7d"],
  [0.25, "#4f95c9"],
  [0.5, "#f7f7f7"],
  [0.75, "#e9955c"],
  [1, "#8f2d04"],
];

/** Light enough, like the next one, for dark numbers over all of it. */
export const rightScale: ColourScale = [
  [0, "#eef5fa"],
  [1, "#6baed6"],
];

export const wrongScale: ColourScale = [
  [0, "#f6f6f6"],
  [0.5, "#fdc692"],
  [1, "#f0883e"],
];

export const cellInk = "#222222";

/** Ink and paper of grey images; the paper is off-white so that a tile is seen on a white page. */
export const ink: readonly [number, number, number] = [17, 17, 17];
export const paper: readonly [number, number, number] = [242, 242, 242];

export const fontFamily = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif";
export const fontSize = 13;
export const axisTitleSize = 14;
export const titleSize = 15;
const titleHeight = 26;

/** About how wide a text is; there is nothing here to measure it with. */
export const textWidth = (text: string, size: number = fontSize): number => [...text].length * size * 0.56;

export const legendSign = 30;
export const legendLine = 19;
const betweenNames = 18;

/** The names of a legend in lines of this width, each with its distance from the left. */
export function wrapNames(names: readonly string[], width: number): { index: number; offset: number }[][] {
  const lines: { index: number; offset: number }[][] = [[]];
  let offset = 0;
  names.forEach((name, index) => {
    const length = legendSign + textWidth(name) + betweenNames;
    if (offset > 0 && offset + length > width) {
      lines.push([]);
      offset = 0;
    }
    lines[lines.length - 1]!.push({ index, offset });
    offset += length;
  });
  return lines;
}

/** What every figure shares. The grey of the text is readable on white and on black. */
export function baseLayout(options: LayoutOptions): Layout {
  const { alt, title, height, margin, ...rest } = options;
  return {
    height: height + (title === undefined ? 0 : titleHeight),
    margin: { ...margin, t: margin.t + (title === undefined ? 0 : titleHeight) },
    font: { family: fontFamily, size: fontSize, color: "#7b7b7b" },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    separators: ",\u202f",
    showlegend: false,
    hovermode: "closest",
    dragmode: "zoom",
    ...(title === undefined ? {} : { title: figureTitle(title) }),
    ...rest,
    meta: { alt: title === undefined ? alt : `${title}. ${alt}` },
  };
}

export interface LayoutOptions
  extends Pick<Layout, "height" | "margin" | "xaxis" | "yaxis">,
    Partial<Pick<Layout, "xaxis2" | "yaxis2" | "annotations" | "legend" | "showlegend" | "hovermode" | "dragmode">> {
  /** What the figure shows, in words. */
  readonly alt: string;
  readonly title?: string | undefined;
}

const figureTitle = (text: string): Title => ({
  text,
  x: 0,
  xanchor: "left",
  yref: "container",
  y: 1,
  yanchor: "top",
  pad: { t: 10, l: 12 },
  font: { size: titleSize },
});

/** A measured axis: grid lines unless they are refused and, unless empty, a title. */
export const measuredAxis = (axis: AxisParts, title = ""): Axis => ({
  type: "linear",
  visible: true,
  ...(axis.showgrid === false ? {} : { showgrid: true, gridcolor: "rgba(128,128,128,0.25)" }),
  zeroline: false,
  exponentformat: "none",
  separatethousands: true,
  ...titled(title),
  ...axis,
});

/** An axis with a name at each whole number, without grid. */
export const namedAxis = (axis: AxisParts, names: readonly string[], title = ""): Axis => ({
  type: "linear",
  visible: true,
  showgrid: false,
  zeroline: false,
  ticks: "outside",
  ticklen: 5,
  tickcolor: "rgba(0,0,0,0)",
  fixedrange: true,
  tickvals: names.map((_, i) => i),
  ticktext: names,
  ...titled(title),
  ...axis,
});

/** An axis that only places things. */
export const hiddenAxis = (axis: AxisParts): Axis => ({ type: "linear", visible: false, fixedrange: true, ...axis });

export type AxisParts = Partial<Axis> & Pick<Axis, "range">;

const titled = (title: string): Pick<Axis, "title"> =>
  title === "" ? {} : { title: { text: title, standoff: 10, font: { size: axisTitleSize } } };

/** Words above a point. */
export const caption = (text: string, x: number, y: number): Annotation => ({
  text,
  x,
  y,
  xref: "x",
  yref: "y",
  xanchor: "center",
  yanchor: "bottom",
  showarrow: false,
});
