// A cell's outputs as HTML: of the forms an output comes in, the richest that the page can show.
import type { MimeBundle } from "../kernel.js";
import type { CodeCell, Output } from "../notebook.js";
import { asShownByTerminal, escapeHtml, escapeScriptJson } from "./escape.js";

const plotlyType = "application/vnd.plotly.v1+json";

export type RenderMarkdown = (source: string) => string;

export function renderOutput(output: Output, renderMarkdown: RenderMarkdown): string {
  switch (output.output_type) {
    case "stream":
      return renderStream(output.name, output.text);
    case "error":
      return renderError(output);
    default:
      return renderBundle(output.data, renderMarkdown);
  }
}

/** Whether the page needs plotly. */
export function hasFigure({ outputs }: CodeCell): boolean {
  return outputs.some((output) => "data" in output && plotlyType in output.data);
}

function renderStream(name: string, text: string): string {
  return `<pre class="stream ${name}">${escapeHtml(asShownByTerminal(text))}</pre>`;
}

function renderError({ ename, evalue, traceback }: Extract<Output, { output_type: "error" }>): string {
  const message = asShownByTerminal(evalue);
  // Kernels repeat the message in the traceback.
  const trace = asShownByTerminal(traceback.join("\n"))
    .replace(`${ename}: ${message}`, "")
    .replace(/\n\n+/g, "\n")
    .trim();
  return [
    '<div class="error" role="group" aria-label="Erreur">',
    `<p><strong>${escapeHtml(ename)}</strong> ${escapeHtml(message)}</p>`,
    ...(trace === "" ? [] : [`<pre class="trace" tabindex="0">${escapeHtml(trace)}</pre>`]),
    "</div>",
  ].join("");
}

function renderBundle(data: MimeBundle, renderMarkdown: RenderMarkdown): string {
  const text = (type: string): string | undefined => {
    const value = data[type];
    return typeof value === "string" ? value : undefined;
  };
  const plain = text("text/plain") ?? "";
  if (plotlyType in data) return renderFigure(data[plotlyType], renderStill(text, plain), plain);
  const still = renderStill(text, plain);
  if (still !== undefined) return still;
  const markdown = text("text/markdown");
  if (markdown !== undefined) return `<div class="rich">${renderMarkdown(markdown)}</div>`;
  return `<pre class="result">${escapeHtml(asShownByTerminal(plain || `(${Object.keys(data).join(", ")})`))}</pre>`;
}

/** The forms that show without a script. Scripts inside are stopped by the page's Content-Security-Policy. */
function renderStill(text: (type: string) => string | undefined, plain: string): string | undefined {
  const html = text("text/html");
  if (html !== undefined) return `<div class="rich">${html}</div>`;
  const svg = text("image/svg+xml");
  if (svg !== undefined) return image("image/svg+xml", Buffer.from(svg, "utf8").toString("base64"), plain);
  for (const type of ["image/png", "image/jpeg", "image/gif"]) {
    const bytes = text(type);
    if (bytes !== undefined) return image(type, bytes.replace(/\s/g, ""), plain);
  }
  return undefined;
}

function image(type: string, base64: string, plain: string): string {
  return `<img src="data:${type};base64,${escapeHtml(base64)}" alt="${escapeHtml(plain || "Image produite par la cellule")}">`;
}

/** Drawn by plotly when scripts run; the still picture otherwise, and on paper. */
function renderFigure(figure: unknown, still: string | undefined, plain: string): string {
  const title = plain.trim() || titleOf(figure);
  return [
    `<figure class="plotly" aria-label="${escapeHtml(title)}">`,
    `<div class="still">${still ?? `<p>${escapeHtml(title)}</p>`}</div>`,
    `<script type="application/json">${escapeScriptJson(figure)}</script>`,
    "</figure>",
  ].join("");
}

function titleOf(figure: unknown): string {
  const layout = (figure as { layout?: { title?: string | { text?: string } } } | null)?.layout;
  const title = typeof layout?.title === "object" ? layout.title.text : layout?.title;
  return typeof title === "string" && title !== "" ? title.replace(/<[^>]*>/g, " ").trim() : "Figure";
}
