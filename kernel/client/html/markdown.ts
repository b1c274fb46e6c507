// Markdown cells to HTML: raw HTML is shown as text, formulas are rendered now, so that the page needs no script.
import { createRequire } from "node:module";
import type { HLJSApi } from "highlight.js";
import katex from "katex";
import createMarkdownIt, { type MarkdownIt } from "markdown-it";
import { escapeHtml } from "./escape.js";
import { addMathematics } from "./mathematics.js";

// Through `require`: the package's types cover these two files only there.
const require = createRequire(import.meta.url);
const highlighter: HLJSApi = require("highlight.js/lib/core");
highlighter.registerLanguage("typescript", require("highlight.js/lib/languages/typescript"));

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

export interface MarkdownRenderer {
  /** The HTML of one cell; its images come from `resolveImage`, which gives undefined for those the page cannot hold. */
  render(source: string, resolveImage: (address: string) => string | undefined): string;
  /** The headings of all that was rendered, in order: the table of contents. */
  readonly headings: readonly Heading[];
  /** Whether some formula was rendered, and the page needs KaTeX's style. */
  readonly hasMath: () => boolean;
}

/** What the rules need to know of the cell they render. */
interface PageEnvironment {
  readonly resolveImage: (address: string) => string | undefined;
}

/** A renderer for one page: heading ids are unique in it. */
export function createMarkdownRenderer(): MarkdownRenderer {
  const markdown = createMarkdownIt({ html: false, linkify: false, typographer: false, highlight: highlightFence });
  const headings: Heading[] = [];
  let formulas = 0;
  const renderMath = (formula: string, displayMode: boolean) => {
    formulas++;
    return katex.renderToString(formula, { displayMode, throwOnError: false, strict: "ignore", trust: false });
  };
  addMathematics(markdown, renderMath);
  numberHeadings(markdown, headings);
  showImages(markdown);
  return {
    headings,
    hasMath: () => formulas > 0,
    render: (source, resolveImage) => markdown.render(source, { resolveImage } satisfies PageEnvironment),
  };
}

/** TypeScript as HTML with `hljs-…` classes. */
export function highlightTypeScript(code: string): string {
  return highlighter.highlight(code, { language: "typescript", ignoreIllegals: true }).value;
}

function highlightFence(code: string, language: string): string {
  return /^(ts|typescript|js|javascript)$/.test(language) ? highlightTypeScript(code) : escapeHtml(code);
}

function numberHeadings(markdown: MarkdownIt, headings: Heading[]): void {
  markdown.renderer.rules["heading_open"] = (tokens, index, options, _env, self) => {
    const token = tokens[index]!;
    const inline = tokens[index + 1];
    const text = (inline?.children ?? []).map(({ content }) => content).join("");
    const id = `section-${headings.length + 1}`;
    headings.push({ level: Number(token.tag.slice(1)), id, text });
    token.attrSet("id", id);
    return self.renderToken(tokens, index, options);
  };
}

/** An image the page cannot hold becomes a link: opening the page asks nothing of the network. */
function showImages(markdown: MarkdownIt): void {
  markdown.renderer.rules["image"] = (tokens, index, options, env, self) => {
    const token = tokens[index]!;
    const address = String(token.attrGet("src") ?? "");
    const alt = self.renderInlineAsText(token.children ?? [], options, env);
    const held = (env as PageEnvironment | undefined)?.resolveImage(address);
    if (held !== undefined) return `<img src="${escapeHtml(held)}" alt="${escapeHtml(alt)}">`;
    return `<a href="${escapeHtml(address)}">${escapeHtml(alt || address)}</a>`;
  };
}
