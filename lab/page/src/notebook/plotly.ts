// Plotly, which the server has and which loads when the first figure is shown.

export interface PlotlyFigure {
  readonly data: readonly object[];
  readonly layout: Readonly<Record<string, unknown>>;
}

const onMaps = new Set<unknown>([
  "choropleth",
  "scattergeo",
  ...["choropleth", "density", "scatter"].flatMap((name) => [`${name}map`, `${name}mapbox`]),
]);

/** Whether what it draws lies on coastlines or streets, which Plotly has not in itself: it asks the Internet. */
export const needsMap = ({ data }: PlotlyFigure): boolean =>
  data.some((trace) => onMaps.has((trace as { type?: unknown }).type));

/** What we call of Plotly. */
export interface Plotly {
  react(node: HTMLElement, data: readonly object[], layout: object, config: object): Promise<unknown>;
  purge(node: HTMLElement): void;
  toImage(
    figure: object,
    options: { format: "png" | "svg"; width: number; height: number; scale?: number },
  ): Promise<string>;
  readonly Plots: { resize(node: HTMLElement): Promise<unknown> | undefined };
}

let loading: Promise<Plotly> | undefined;

/** Loads once; a load that failed may be tried again. */
export function loadPlotly(baseUrl: string): Promise<Plotly> {
  loading ??= load(`${baseUrl}static/plotly.min.js`).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

function load(source: string): Promise<Plotly> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve((globalThis as unknown as { Plotly: Plotly }).Plotly);
    script.onerror = () => reject(new Error(`Plotly could not be loaded from ${source}.`));
    document.head.append(script);
  });
}

/** Drawn once and left alone: the buttons beside the figure do what a mode bar would. */
export const drawing = { displayModeBar: false, responsive: false, displaylogo: false, scrollZoom: false };
