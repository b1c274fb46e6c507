// An executed notebook as one HTML page that opens anywhere, without a network: formulas, code, outputs, live figures.
import { createHash } from "node:crypto";
import { katexStyle, plotlyDeflated } from "./html/assets.js";
import { drawFigures } from "./html/draw-figures.js";
import { escapeHtml } from "./html/escape.js";
import { createMarkdownRenderer, type Heading, highlightTypeScript, type MarkdownRenderer } from "./html/markdown.js";
import { hasFigure, renderOutput } from "./html/output.js";
import { pageStyle } from "./html/style.js";
import type { Cell, CodeCell, Notebook, TextCell } from "./notebook.js";

export interface HtmlOptions {
  /** The page's title when the notebook has no heading. */
  readonly title: string;
  /** The `data:` address of an image that Markdown names by a relative path; undefined when there is none to show. */
  readonly readImage?: (path: string) => string | undefined;
}

/** The page of `notebook`. The same notebook always gives the same bytes. */
export function exportHtml(notebook: Notebook, { title, readImage = () => undefined }: HtmlOptions): string {
  const markdown = createMarkdownRenderer();
  const cells = notebook.cells.map((cell) => renderCell(cell, markdown, readImage)).join("\n");
  const figures = notebook.cells.some((cell) => cell.cell_type === "code" && hasFigure(cell));
  const heading = markdown.headings.find(({ level }) => level === 1)?.text ?? title;
  return [
    "<!DOCTYPE html>",
    '<html lang="fr">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="generator" content="retroprop">',
    '<link rel="icon" href="data:,">',
    `<title>${escapeHtml(heading)}</title>`,
    `<style>${pageStyle}</style>`,
    ...(markdown.hasMath() ? [`<style>${katexStyle()}</style>`] : []),
    "</head>",
    "<body>",
    renderContents(markdown.headings),
    "<main>",
    cells,
    "</main>",
    `<footer class="page">${escapeHtml(title)}, exécuté par Rétroprop.</footer>`,
    ...(figures
      ? [`<script type="text/plain" id="plotly">${plotlyDeflated()}</script>`, `<script>${drawFigures}</script>`]
      : []),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/**
 * HTML that a student's cell displays stands in the page as it is. This lets no script of it run and nothing be asked
 * of the network. Plotly comes as a `blob:`, which only our own script can make, and compiles its WebGL code.
 */
function policy(): string {
  const hash = createHash("sha256").update(drawFigures).digest("base64");
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' blob: 'unsafe-eval'`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "font-src data:",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
}

function renderContents(headings: readonly Heading[]): string {
  const shown = headings.filter(({ level }) => level === 2 || level === 3);
  if (shown.length < 2) return "";
  const items = shown.map(
    ({ level, id, text }) => `<li class="level-${level}"><a href="#${id}">${escapeHtml(text)}</a></li>`,
  );
  return `<header class="page"><nav class="contents" aria-label="Sommaire"><details><summary>Sommaire</summary><ul>${items.join("")}</ul></details></nav></header>`;
}

function renderCell(cell: Cell, markdown: MarkdownRenderer, readImage: (path: string) => string | undefined): string {
  if (cell.cell_type === "raw") return `<div class="text"><pre>${escapeHtml(cell.source)}</pre></div>`;
  if (cell.cell_type === "code") return renderCode(cell, markdown);
  return `<div class="text">${markdown.render(cell.source, (address) => holdImage(address, cell, readImage))}</div>`;
}

function renderCode(cell: CodeCell, markdown: MarkdownRenderer): string {
  if (cell.source.trim() === "" && cell.outputs.length === 0) return "";
  const notRun = cell.execution_count === null;
  const count = notRun
    ? '<span class="count words">non exécutée</span>'
    : `<span class="count" aria-hidden="true">${cell.execution_count}</span>`;
  const outputs = cell.outputs.map((output) =>
    renderOutput(output, (source) => markdown.render(source, () => undefined)),
  );
  return [
    `<div role="group" class="code${notRun ? " not-run" : ""}" aria-label="Cellule de code${notRun ? "" : ` ${cell.execution_count}`}">`,
    count,
    `<pre class="source" tabindex="0"><code>${highlightTypeScript(cell.source)}</code></pre>`,
    ...(outputs.length > 0 ? [`<div class="outputs">${outputs.join("\n")}</div>`] : []),
    "</div>",
  ].join("");
}

/** An attachment of the cell, an image already in the text, or a file beside the notebook. */
function holdImage(
  address: string,
  cell: TextCell,
  readImage: (path: string) => string | undefined,
): string | undefined {
  if (/^data:image\//.test(address)) return address;
  if (/^attachment:/.test(address)) {
    const [entry] = Object.entries(cell.attachments?.[decodeAddress(address.slice("attachment:".length))] ?? {});
    return entry === undefined ? undefined : `data:${entry[0]};base64,${String(entry[1])}`;
  }
  return /^[a-z][a-z0-9+.-]*:|^\//i.test(address) ? undefined : readImage(decodeAddress(address));
}

function decodeAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    // `%` that escapes nothing: the name as it stands.
    return address;
  }
}
