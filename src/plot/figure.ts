// The part of Plotly's figure format that this library draws: plain objects that survive JSON.stringify.
// `Plotly.newPlot(element, figure.data, figure.layout)` draws one; figureToSvg draws the same without Plotly.

export interface Figure {
  readonly data: readonly Trace[];
  readonly layout: Layout;
}

/** A figure that Plotly has no form for: a drawing alone. */
export interface SvgFigure {
  readonly svg: string;
  /** What it shows, in one line. */
  readonly alt: string;
}

export type Trace = ScatterTrace | PointsTrace | AreaTrace | BarTrace | HeatmapTrace | ImageTrace;

/** A number, or a hole where there is none (JSON knows neither NaN nor Infinity). */
export type Cell = number | null;

export interface ScatterTrace extends InPanel {
  readonly type: "scatter";
  readonly mode: "lines" | "lines+markers";
  readonly x: readonly Cell[];
  readonly y: readonly Cell[];
  readonly line: { readonly color: string; readonly width: number };
  readonly marker?: { readonly color: string; readonly size: number; readonly symbol: MarkerSymbol };
  readonly name?: string;
  readonly showlegend?: boolean;
  readonly legendgroup?: string;
  readonly hovertemplate: string;
}

/** Points that no line joins. */
export interface PointsTrace extends InPanel {
  readonly type: "scatter";
  readonly mode: "markers";
  readonly x: readonly Cell[];
  readonly y: readonly Cell[];
  readonly marker: {
    readonly color: string;
    readonly size: number;
    readonly symbol: MarkerSymbol;
    readonly line: { readonly color: string; readonly width: number };
  };
  readonly name: string;
  readonly showlegend?: boolean;
  readonly hovertemplate: string;
}

/** The inside of a closed line. */
export interface AreaTrace extends InPanel {
  readonly type: "scatter";
  readonly mode: "lines";
  readonly fill: "toself";
  readonly fillcolor: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly line: { readonly color: string; readonly width: number };
  readonly name: string;
  readonly showlegend: false;
  readonly hoverinfo: "skip";
}

export type MarkerSymbol = "circle" | "square" | "diamond" | "triangle-up";

export interface BarTrace extends InPanel {
  readonly type: "bar";
  readonly x: readonly number[];
  readonly y: readonly Cell[];
  readonly width: number;
  readonly marker: { readonly color: readonly string[] };
  readonly text: readonly string[];
  readonly textposition: "outside";
  readonly cliponaxis: false;
  readonly hovertemplate: string;
}

/** A matrix as coloured cells; cell (i, j) has its centre at (x0 + j·dx, y0 + i·dy). */
export interface HeatmapTrace extends InPanel, Placed {
  readonly type: "heatmap";
  readonly z: readonly (readonly Cell[])[];
  readonly zmin: number;
  readonly zmax: number;
  readonly colorscale: ColourScale;
  readonly showscale: boolean;
  readonly colorbar?: ColourBar;
  readonly name?: string;
  readonly text?: readonly (readonly string[])[];
  readonly texttemplate?: string;
  readonly textfont?: { readonly size: number; readonly color: string };
  readonly hovertext?: readonly (readonly string[])[];
  readonly hoverinfo?: "text" | "skip";
  readonly hovertemplate?: string;
}

/** A picture; pixel (i, j) has its centre at (x0 + j·dx, y0 + i·dy). */
export interface ImageTrace extends InPanel, Placed {
  readonly type: "image";
  /** A PNG as a data URI. */
  readonly source: string;
  readonly hoverinfo: "skip";
  /** The picture's size in pixels, which Plotly reads from the PNG. */
  readonly meta: { readonly width: number; readonly height: number };
}

export interface Placed {
  readonly x0: number;
  readonly dx: number;
  readonly y0: number;
  readonly dy: number;
}

/** Which pair of axes a trace is drawn on: the first unless said otherwise. */
export interface InPanel {
  readonly xaxis?: "x2";
  readonly yaxis?: "y2";
}

/** Stops from 0 to 1, as `#rrggbb`. */
export type ColourScale = readonly (readonly [number, string])[];

export interface ColourBar {
  readonly orientation: "h";
  readonly title: { readonly text: string; readonly side: "top"; readonly font: { readonly size: number } };
  readonly thickness: number;
  readonly len: number;
  readonly y: number;
  readonly yanchor: "top";
  readonly outlinewidth: 0;
}

export interface Layout {
  readonly height: number;
  readonly margin: Margin;
  readonly title?: Title;
  readonly font: { readonly family: string; readonly size: number; readonly color: string };
  readonly paper_bgcolor: string;
  readonly plot_bgcolor: string;
  /** The decimal point, then what stands between thousands. */
  readonly separators: string;
  readonly showlegend: boolean;
  readonly legend?: Legend;
  readonly xaxis: Axis;
  readonly yaxis: Axis;
  readonly xaxis2?: Axis;
  readonly yaxis2?: Axis;
  readonly annotations?: readonly Annotation[];
  readonly hovermode: "closest" | "x";
  readonly dragmode: "zoom" | false;
  /** `alt` says in one line what the figure shows: aria-label, text/plain. */
  readonly meta: { readonly alt: string };
}

interface Margin {
  readonly l: number;
  readonly r: number;
  readonly t: number;
  readonly b: number;
}

export interface Title {
  readonly text: string;
  readonly x: number;
  readonly xanchor: "left";
  readonly yref: "container";
  readonly y: number;
  readonly yanchor: "top";
  readonly pad: { readonly t: number; readonly l: number };
  readonly font: { readonly size: number };
}

interface Legend {
  readonly orientation: "h";
  readonly x: number;
  readonly y: number;
  readonly yanchor: "bottom";
}

export interface Axis {
  readonly type: "linear" | "log";
  /** In the axis' own unit; powers of ten on a log axis. The larger number first turns the axis round. */
  readonly range: readonly [number, number];
  readonly visible: boolean;
  readonly title?: { readonly text: string; readonly standoff: number; readonly font: { readonly size: number } };
  /** Which share of the figure the axis takes, from left or from the bottom. */
  readonly domain?: readonly [number, number];
  readonly anchor?: "x2" | "y2";
  readonly matches?: "x";
  readonly tick0?: number;
  readonly dtick?: number;
  readonly tickvals?: readonly number[];
  readonly ticktext?: readonly string[];
  readonly showgrid?: boolean;
  readonly gridcolor?: string;
  readonly zeroline?: false;
  readonly fixedrange?: true;
  readonly exponentformat?: "none";
  readonly separatethousands?: true;
  readonly ticks?: "outside";
  readonly ticklen?: number;
  readonly tickcolor?: string;
  /** One unit is as long here as on the x axis: cells stay square. */
  readonly scaleanchor?: "x";
  readonly constrain?: "domain";
  readonly constraintoward?: "top" | "left";
}

export interface Annotation {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly xref: "x";
  readonly yref: "y";
  readonly xanchor: "left" | "center" | "right";
  readonly yanchor: "bottom";
  readonly showarrow: false;
}
