// One pair: what it shares, passage by passage, side by side, so that whoever reads decides.
import { escapeText, type Html, html, page } from "../report/html.js";
import type { Pair } from "./compare.js";
import { type Excerpt, excerptsOf } from "./excerpts.js";
import type { Labels } from "./labels.js";
import * as french from "./messages.fr.js";
import type { Work } from "./work.js";

/** Passages on a page: the longest, which say most. */
const mostRuns = 30;
/** Characters of one passage. */
const mostShown = 6_000;

/** `pages` is how many there are, numbered from 1. */
export function pairPage(tp: string, pair: Pair, number: number, pages: number, labels: Labels): string {
  const { a, b, runs, share, rareRuns, longest, level } = pair;
  const left = runs.length - mostRuns;
  const body = html`<div class="wide">
<header><div><p>${french.title(tp)}</p><h1>${french.pairTitle(number)} : ${nameOf(a, labels)} ${french.and} ${nameOf(b, labels)}</h1></div></header>
<main>
${navigation(number, pages)}
<p><strong>${french.levelWord[level]}</strong>. ${french.figures(share, rareRuns, longest)}</p>
<p>${french.cautionHeading}. ${french.caution[0]!}</p>
${runs.slice(0, mostRuns).map(({ inA, inB, span, length }, i) => {
  return html`<section><h2>${french.runHeading(i + 1, length)}</h2>
<div class="sides">${side(a, inA, span, labels)}${side(b, inB, span, labels)}</div></section>`;
})}
${left > 0 ? html`<p>${french.runsLeftOut(left)}</p>` : html``}
${navigation(number, pages)}
</main>
<footer>${french.staffOnly}</footer>
</div>`;
  return page(`${french.pairTitle(number)}. ${french.title(tp)}`, body);
}

export function nameOf(work: Work, labels: Labels): Html {
  const tag = work.isEarlier ? html` <span class="tag">${french.earlier}</span>` : html``;
  return html`<bdi>${labels.nameOf(work)}</bdi>${tag}`;
}

export const pairPath = (number: number): string => `pairs/${String(number).padStart(3, "0")}.html`;

function navigation(number: number, pages: number): Html {
  const to = (other: number, rel: string, text: string): Html =>
    other < 1 || other > pages ? html`` : html`<a rel="${rel}" href="../${pairPath(other)}">${text}</a>`;
  return html`<nav aria-label="${french.navigation}"><a href="../index.html">${french.all}</a> ${to(number - 1, "prev", french.previous)} ${to(number + 1, "next", french.next)}</nav>`;
}

function side(work: Work, from: number, span: number, labels: Labels): Html {
  return html`<div><h3>${nameOf(work, labels)}</h3>${excerptsOf(work, from, span).map((excerpt) => quoted(excerpt, labels))}</div>`;
}

export function quoted(excerpt: Excerpt, labels: Labels): Html {
  const { before, shared, after } = excerpt;
  const shown = shared.length > mostShown ? `${shared.slice(0, mostShown)} […]` : shared;
  return html`<p class="where">${labels.whereOf(excerpt)}</p>
<pre tabindex="0">${before}<mark>${{ html: escapeText(shown, mostShown + 10) }}</mark>${after}</pre>`;
}
