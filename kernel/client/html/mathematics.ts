// Formulas in Markdown: where they begin and end.
import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

/** Formulas between `$` and `$$` in what `markdown` reads, each as `renderMath` writes it. */
export function addMathematics(
  markdown: MarkdownIt,
  renderMath: (formula: string, displayMode: boolean) => string,
): void {
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

/** Longer than any formula; without a bound, a text of `$$` alone would take the square of its length, and more. */
const mostLines = 60;

/** `$$` at the start of a line, to the next `$$` at the end of one. */
function readMathBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineAt = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  if (!lineAt(startLine).startsWith("$$")) return false;
  const lines = [lineAt(startLine).slice(2)];
  let line = startLine;
  while (!lines.at(-1)!.trimEnd().endsWith("$$")) {
    line++;
    if (line >= endLine || lines.length === mostLines) return false;
    lines.push(lineAt(line));
  }
  if (silent) return true;
  state.push("math_block", "math", 0).content = lines.join("\n").trimEnd().slice(0, -2);
  state.line = line + 1;
  return true;
}
