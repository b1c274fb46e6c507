// What a page carries with it so that it opens without a network: KaTeX's style and fonts, plotly.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";

const require = createRequire(import.meta.url);

/** KaTeX's style sheet with its fonts inside, WOFF2 only. */
export function katexStyle(): string {
  const path = require.resolve("katex/dist/katex.min.css");
  return readFileSync(path, "utf8").replace(/src:url\(([^)]*\.woff2)\)[^;}]*/g, (_, font: string) => {
    const bytes = readFileSync(join(dirname(path), font)).toString("base64");
    return `src:url(data:font/woff2;base64,${bytes}) format("woff2")`;
  });
}

/** plotly.js, deflated, in base64: a quarter of its size, and nothing in it that could end a script element. */
export function plotlyDeflated(): string {
  return deflateSync(readFileSync(require.resolve("plotly.js-dist/plotly.js"))).toString("base64");
}
