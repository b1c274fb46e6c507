// Finds the prose in Markdown: what is neither code, nor a formula, nor an address, nor HTML.

/** In this order: fences, comments and tags, code, formulas, addresses, entities, the ruler under a table's header. */
const notProse = new RegExp(
  [
    /^(`{3,}|~{3,})[^`\n]*\n[\s\S]*?^\1[`~]*[ \t]*$/,
    /<!--[\s\S]*?-->/,
    /<\/?[a-zA-Z][^<>]*>/,
    /(?<tick>`+)(?!`)[\s\S]*?(?<!`)\k<tick>(?!`)/,
    /\$\$[\s\S]*?\$\$/,
    /(?<![\\$])\$(?!\s)(?:\\.|[^$\\\n])+?(?<!\s)\$/,
    /\]\([^)\n]*\)/,
    /https?:\/\/[^\s)>»]+/,
    /&#?\w+;/,
    /^[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*$/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gm",
);

/** Applies `change` to the prose of a Markdown text and leaves the rest as it is. */
export function mapProse(markdown: string, change: (prose: string, offset: number) => string): string {
  let result = "";
  let end = 0;
  for (const match of markdown.matchAll(notProse)) {
    result += change(markdown.slice(end, match.index), end) + match[0];
    end = match.index + match[0].length;
  }
  return result + change(markdown.slice(end), end);
}
