import { describe, expect, test } from "vitest";
import { exportHtml } from "./export-html.js";
import { code, display, figure, hostile, notebookOf, page, text } from "./fixtures/exported-page.js";
import { asShownByTerminal } from "./html/escape.js";
import type { Cell } from "./notebook.js";

/** What stands in the page for its cells, without what it carries with it. */
const mainOf = (html: string) => /<main>([\s\S]*)<\/main>/.exec(html)?.[1] ?? "";

describe("what the page says", () => {
  test("it is French, has the first heading as its title, and an outline of its sections", () => {
    const html = page(text("# TP1 : l'essai\n\n## Données\n\n## Modèle"), code("1"));
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain("<title>TP1 : l&#39;essai</title>");
    expect(html).toContain('<a href="#section-3">Modèle</a>');
    expect(html).toContain('<h2 id="section-3">Modèle</h2>');
  });

  test("formulas are rendered with their style and fonts, which a page without formulas does not carry", () => {
    const html = page(text("Le score $z = Wx + b$ et\n\n$$\n\\sum_k e^{z_k}\n$$"), code("1"));
    expect(mainOf(html).match(/class="katex"/g)).toHaveLength(2);
    expect(mainOf(html)).toContain('class="katex-display"');
    expect(html).toContain("src:url(data:font/woff2;base64,");
    expect(html).not.toMatch(/url\((?!data:)/);
    expect(page(text("Aucune."), code("1"))).not.toContain("font-face");
  });

  test.each(["entre 3 $ et 5 $", "coûte $5 et $6 ici", "`$x$`", "un \\$ seul $"])("%j holds no formula", (source) => {
    expect(mainOf(page(text(source)))).not.toContain("katex");
  });

  test("a faulty formula is shown as it stands and does not stop the export", () => {
    expect(mainOf(page(text("avant $\\frac{1$ après")))).toContain("après");
  });

  test("code is highlighted, and cells that were not run are marked", () => {
    const html = mainOf(page(code("const x: number = 1;"), { ...code("f()"), execution_count: null } as Cell));
    expect(html).toContain('<span class="hljs-keyword">const</span>');
    expect(html.match(/non exécutée/g)).toHaveLength(1);
  });

  test("whatever a student writes as text is escaped", () => {
    const html = mainOf(
      page(
        text(`${hostile} ![${hostile}](x.png) <b>`),
        code(hostile, { output_type: "stream", name: "stdout", text: hostile }),
        code("1", { output_type: "error", ename: hostile, evalue: hostile, traceback: [hostile] }),
        code("2", display({ "text/plain": hostile }), display({ "image/png": '"><script>', "text/plain": hostile })),
        code("3", display({ "application/vnd.plotly.v1+json": figure })),
      ),
    );
    expect(html.match(/<script[^>]*>/g)).toEqual(['<script type="application/json">']);
    expect(html).not.toMatch(/<img src=x|<b>/);
  });

  test("colours of a terminal are taken out, and of a rewritten line the last state stays", () => {
    expect(asShownByTerminal("x".repeat(2_000_000))).toHaveLength(2_000_000); // one long line, in no time
    expect(asShownByTerminal("\u001b[31mrouge\u001b[0m\n10 %\r50 %\r100 %\nfin\r\n")).toBe("rouge\n100 %\nfin\n");
  });

  test("of a display's forms, the richest is shown", () => {
    const bundle = {
      "text/plain": "texte",
      "image/png": "AAAA",
      "image/svg+xml": "<svg/>",
      "text/html": "<i>html</i>",
    };
    const { "text/html": _, ...withoutHtml } = bundle;
    expect(mainOf(page(code("1", display(bundle))))).toContain("<i>html</i>");
    expect(mainOf(page(code("1", display(withoutHtml))))).toContain('src="data:image/svg+xml;base64,');
    expect(mainOf(page(code("1", display({ "text/plain": "texte" }))))).toContain('<pre class="result">texte</pre>');
    expect(mainOf(page(code("1", display({ "text/markdown": "**gras**" }))))).toContain("<strong>gras</strong>");
  });

  test("images come from attachments and from beside the notebook; others become links", () => {
    const cell = text("![a](attachment:a.png) ![b](b.png) ![c](https://example.org/c.png) ![d](%ff.png)", {
      "a.png": { "image/png": "AAAA" },
    });
    const readImage = (path: string) => (path === "b.png" ? "data:image/png;base64,BBBB" : undefined);
    const html = mainOf(exportHtml(notebookOf(cell), { title: "t", readImage }));
    expect(html).toContain('<img src="data:image/png;base64,AAAA" alt="a">');
    expect(html).toContain('<img src="data:image/png;base64,BBBB" alt="b">');
    expect(html).toContain('<a href="https://example.org/c.png">c</a>');
  });

  test("plotly comes once, and only with a figure; the same notebook gives the same page", () => {
    const cells = [
      code("1", display({ "application/vnd.plotly.v1+json": figure })),
      code("2", display({ "application/vnd.plotly.v1+json": figure })),
    ];
    const html = page(...cells);
    expect(html.match(/id="plotly"/g)).toHaveLength(1);
    expect(page(...cells)).toBe(html);
    expect(page(code("1"))).not.toContain('id="plotly"');
    expect(html.length).toBeLessThan(4e6);
  });
});
