// Draws application/vnd.plotly.v1+json under a cell; a figure can be enlarged, and saved as PNG or SVG.
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { element } from "../interface/dom.js";
import { icon } from "../interface/icons.js";
import type { Words } from "../words.js";
import { drawing, loadPlotly, needsMap, type Plotly, type PlotlyFigure } from "./plotly.js";

export const plotlyMimeType = "application/vnd.plotly.v1+json";

export function figureRenderer(baseUrl: string, words: Words): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [plotlyMimeType],
    createRenderer: () => new FigureView(baseUrl, words),
  };
}

class FigureView extends Widget implements IRenderMime.IRenderer {
  readonly #plot = element("div", { class: "rp-figure-plot" });
  readonly #buttons: HTMLElement;
  readonly #baseUrl: string;
  readonly #words: Words;
  readonly #watch = new ResizeObserver(() => this.#resize());
  #plotly: Plotly | undefined;
  #figure: PlotlyFigure | undefined;

  constructor(baseUrl: string, words: Words) {
    super({ node: element("figure", { class: "rp-figure" }) });
    this.#baseUrl = baseUrl;
    this.#words = words;
    this.#buttons = this.#makeButtons();
    this.node.append(this.#plot, this.#buttons);
    this.#watch.observe(this.#plot);
  }

  /** Again for each new state of a live figure: what is drawn changes, and is not drawn anew. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const figure = model.data[plotlyMimeType] as unknown as PlotlyFigure;
    if (needsMap(figure)) return this.#sayInstead(this.#words.figure.needsMap);
    this.#figure = figure;
    if (this.#buttons.hidden) this.#plot.replaceChildren();
    this.#buttons.hidden = false;
    this.#describe(figure);
    try {
      this.#plotly = await loadPlotly(this.#baseUrl);
      await this.#plotly.react(this.#plot, figure.data, { ...figure.layout, autosize: true }, drawing);
    } catch (error) {
      this.#sayInstead(`${this.#words.figure.failed} ${String(error)}`);
    }
  }

  override dispose(): void {
    this.#watch.disconnect();
    this.#plotly?.purge(this.#plot);
    super.dispose();
  }

  #sayInstead(text: string): void {
    this.#plotly?.purge(this.#plot);
    this.#buttons.hidden = true;
    this.#plot.removeAttribute("role");
    this.#plot.removeAttribute("aria-label");
    this.#plot.textContent = text;
  }

  #describe({ layout }: PlotlyFigure): void {
    const { meta, height } = layout as { meta?: { alt?: string }; height?: number };
    this.#plot.setAttribute("role", "img");
    this.#plot.setAttribute("aria-label", meta?.alt ?? this.#words.figure.figure);
    this.#plot.style.minHeight = `${height ?? 300}px`;
  }

  #resize(): void {
    if (this.#plotly !== undefined && this.#plot.classList.contains("js-plotly-plot")) {
      void this.#plotly.Plots.resize(this.#plot)?.catch(() => {});
    }
  }

  #makeButtons(): HTMLElement {
    const { enlarge } = this.#words.figure;
    return element(
      "div",
      { class: "rp-figure-buttons" },
      element(
        "button",
        { class: "rp-quiet", onclick: () => this.#enlarge(), title: enlarge },
        icon("enlarge"),
        enlarge,
      ),
      element("button", { class: "rp-quiet", onclick: () => void this.#save("png") }, icon("download"), "PNG"),
      element("button", { class: "rp-quiet", onclick: () => void this.#save("svg") }, icon("download"), "SVG"),
    );
  }

  #enlarge(): void {
    if (this.#figure !== undefined && this.#plotly !== undefined) showEnlarged(this.#plotly, this.#figure, this.#words);
  }

  async #save(format: "png" | "svg"): Promise<void> {
    if (this.#figure === undefined || this.#plotly === undefined) return;
    const { width, height } = this.#plot.getBoundingClientRect();
    const href = await this.#plotly.toImage(this.#figure, {
      format,
      width,
      height,
      ...(format === "png" && { scale: 2 }),
    });
    element("a", { href, download: `figure.${format}` }).click();
  }
}

function showEnlarged(plotly: Plotly, { data, layout }: PlotlyFigure, words: Words): void {
  const plot = element("div", { class: "rp-enlarged-plot" });
  const close = element("button", { class: "rp-quiet", onclick: () => dialog.close() }, icon("close"), words.close);
  const dialog = element("dialog", { class: "rp-enlarged", "aria-label": words.figure.figure }, close, plot);
  dialog.addEventListener("close", () => {
    plotly.purge(plot);
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  const { width, height } = plot.getBoundingClientRect();
  void plotly.react(plot, data, { ...layout, width, height }, drawing);
}
