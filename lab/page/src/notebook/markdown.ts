// Markdown → HTML for JupyterLab's renderer, which takes the mathematics out before and sanitises what comes back.
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Marked, type Token } from "marked";
import { highlighted } from "./highlight.js";

const marked = new Marked({ gfm: true, walkTokens: colourCode });

export const markdownParser: IRenderMime.IMarkdownParser = {
  render: async (source) => marked.parse(source),
};

function colourCode(token: Token): void {
  if (token.type !== "code") return;
  const html = highlighted(token["text"], token["lang"] ?? "");
  if (html !== undefined) Object.assign(token, { text: html, escaped: true });
}
