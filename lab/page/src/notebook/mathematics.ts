// Mathematics by KaTeX, whose code comes when the first formula does.
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";

const delimiters = [
  { left: "$$", right: "$$", display: true },
  { left: "\\[", right: "\\]", display: true },
  { left: "\\(", right: "\\)", display: false },
  { left: "$", right: "$", display: false },
];

export const typesetter: IRenderMime.ILatexTypesetter = {
  async typeset(node) {
    if (!/\$|\\[([]/.test(node.textContent ?? "")) return;
    const { default: renderMathInElement } = await import("katex/contrib/auto-render");
    // A faulty formula stays readable, in red; `trust` stays off: no link, no HTML from a formula.
    renderMathInElement(node, { delimiters, throwOnError: false, strict: false });
  },
};
