import { performance } from "node:perf_hooks";
import { describe, expect, test } from "vitest";
import { answerRenderer } from "../../autograder/report/answer-html.js";
import { answerFormulas } from "./answer-formulas.js";

const render = answerRenderer(answerFormulas);
const shown = (answer: string): string => render(answer).html;

test("a formula is drawn by the browser, within a line or by itself; prices stay prices", () => {
  const html = shown("La perte $-\\log y_g$ vaut\n\n$$\\frac{1}{n} \\sum_i x_i$$\n\net coûte 3 $ ou 4 $.");
  expect(html.match(/<math [^>]*>/g)).toHaveLength(2);
  expect(html).toContain("<mfrac>");
  expect(html).toContain("et coûte 3 $ ou 4 $.");
});

test("underscores and stars of a formula are no emphasis", () => {
  expect(shown("$W_{ij} * x_j$ et $a * b_k$")).not.toContain("<em>");
});

describe("what is no formula stays as it was written:", () => {
  test.each(["$\\unknown{x}$", "$\\def\\a{\\a\\a}\\a$", `$${"x+".repeat(800)}x$`, "$}{$"])("%.30s", (answer) => {
    const html = shown(answer);
    expect(html).not.toContain("<math");
    expect(html).toContain("<code>");
  });
});

/** What KaTeX writes of MathML, and nothing that loads, links, runs or carries a style. */
const harmless =
  /^<\/?(?:p|code|span|math|semantics|mrow|m(?:i|n|o|text|space|sup|sub|subsup|frac|sqrt|over|under|underover|style|padded|phantom|table|tr|td)|annotation)(?: (?:class|xmlns|display|encoding|mathvariant|mathcolor|mathbackground|stretchy|fence|separator|accent|width|height|depth|voffset|lspace|rspace|minsize|maxsize|scriptlevel|displaystyle|rowspacing|columnalign|columnspacing)="[^"<]*")*\/?>$/;

describe("whatever a formula holds is harmless:", () => {
  test.each([
    "\\href{javascript:alert(1)}{x}",
    "\\includegraphics{http://x.example/y.png}",
    "\\htmlStyle{position:fixed}{x}",
    "\\text{<script>alert(1)</script>}",
    '\\char"202E x',
    "\\color{red;background:url(http://x)}{x}",
    "\\kern{-100em}\\rule{1000em}{1000em}",
    "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
  ])("%s", (tex) => {
    const html = shown(`$${tex}$`);
    expect([...html.matchAll(/<[^>]*>/g)].map(String).filter((tag) => !harmless.test(tag))).toEqual([]);
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  test.each([
    ["nested macros", `\\def\\c#1{${"#1".repeat(220)}}\\def\\b#1{${"#1".repeat(9)}}\\b{\\b{\\c{${"x".repeat(400)}}}}`],
    ["macros by another name", "\\let\\d\\def \\d\\a{x}\\a"],
    ["macros within a group", "{\\newcommand{\\a}{x}\\a}"],
  ])("of %s nothing is computed", (_, tex) => {
    expect(shown(`$${tex}$`)).toMatch(/^<p><code>[^<]*<\/code><\/p>/);
  });

  test.each(["\\begin{matrix}", "\\iff", "\\overset{x}", "\\sqrt"])("many %s stay a page that opens", (piece) => {
    expect(shown(`$${piece.repeat(900 / piece.length)}{x}$ `.repeat(20)).length).toBeLessThan(1_100_000);
  });

  test("and takes no time", () => {
    const before = performance.now();
    for (const piece of ["$$\nx", "$a ", "$\\frac{1}{$", "${{{{$", "$$ "]) shown(piece.repeat(5000));
    expect(performance.now() - before).toBeLessThan(20_000); // without bounds: hours
  });
});
