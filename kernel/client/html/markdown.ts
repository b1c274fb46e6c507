// Markdown cells to HTML: raw HTML is shown as text, formulas are rendered now, so that the page needs no script.
import { createRequire } from "node:module";
import type { HLJSApi } from "highlight.js";
import katex from "katex";
import createMarkdownIt, { type MarkdownIt, type StateBlock, type StateInline } from "markdown-it";
import { escapeHtml } from "./escape.js";

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

function addMathematics(markdown: MarkdownIt, renderMath: (formula: string, displayMode: boolean) => string): void {
  markdown.inline.ruler.after("escape", "math", readInlineMath);
  markdown.block.ruler.before("fence", "math", readMathBlock, { alt: ["paragraph", "blockquote", "list"] });
  markdown.renderer.rules["math_inline"] = (tokens, index) => renderMath(tokens[index]?.content ?? "", false);
  markdown.renderer.rules["math_block"] = (tokens, index) => renderMath(tokens[index]?.content ?? "", true);
}

/** `$…$`: no space just inside, no digit just after, so that prices stay prices; `$$…$$` within a line. */
function readInlineMath(state: StateInline, silent: boolean): boolean {
  const rest = state.src.slice(state.pos, state.posMax);
  const match = /^\$\$((?:[^$\\]|\\.)+)\$\$|^\$(?![\s$])((?:[^$\\]|\\.)*?(?:[^\s$\\]|\\.))\$(?!\d)/s.exec(rest);
  if (match === null) return false;
  const [all, display, inline] = match;
  if (!silent)
    state.push(display === undefined ? "math_inline" : "math_block", "math", 0).content = display ?? inline ?? "";
  state.pos += all.length;
  return true;
}

/** `$$` at the start of a line, to the next `$$` at the end of one. */
function readMathBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineAt = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  if (!lineAt(startLine).startsWith("$$")) return false;
  let formula = lineAt(startLine).slice(2);
  let line = startLine;
  while (!formula.trimEnd().endsWith("$$")) {
    line++;
    if (line >= endLine) return false;
    formula += `\n${lineAt(line)}`;
  }
  if (silent) return true;
  state.push("math_block", "math", 0).content = formula.trimEnd().slice(0, -2);
  state.line = line + 1;
  return true;
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
