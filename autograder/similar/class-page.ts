// The page to begin with: what it is for, groups as pictures, pairs in the order in which to read them, what was left aside.
import { type Html, html, page, sentence } from "../report/html.js";
import { clusterFigure } from "./cluster-figure.js";
import { clustersOf } from "./clusters.js";
import { commonPassages } from "./common-passages.js";
import type { Pair } from "./compare.js";
import * as french from "./messages.fr.js";
import { nameOf, pairPath, quoted } from "./pair-page.js";
import type { SimilarClass } from "./report.js";
import { sharedSentences } from "./sentences.js";

/** `shown` are the pairs that have a page, in order. */
export function classPage(found: SimilarClass, shown: readonly Pair[]): string {
  const { tp, works, comparison, labels } = found;
  const earlier = works.filter(({ isEarlier }) => isEarlier).length;
  const body = html`<div class="wide">
<header><div><h1>${french.title(tp)}</h1><p>${french.summary(works.length - earlier, earlier, comparison.pairs.length)}</p></div></header>
<main>
<section class="box"><h2>${french.cautionHeading}</h2><ul>
${french.caution.map((line) => html`<li>${line}</li>`)}
</ul></section>
${labels.key === undefined ? html`` : html`<p>${french.anonymousNote}</p>`}
<h2>${french.pairsHeading}</h2>
${pairsTable(found, shown)}
<h2>${french.clustersHeading}</h2>
${clusters(found)}
${sentences(found)}
${common(found)}
${aside(found)}
<h2>${french.howHeading}</h2>
<p>${french.how(comparison.common.limit)}</p>
</main>
<footer>${french.staffOnly}</footer>
</div>`;
  return page(french.title(tp), body);
}

function pairsTable({ comparison, labels }: SimilarClass, shown: readonly Pair[]): Html {
  if (shown.length === 0) return html`<p>${french.noPair}</p>`;
  const left = comparison.pairs.length - shown.length;
  const columns = french.pairColumns;
  const row = ({ a, b, level, share, rareRuns, longest }: Pair, i: number): Html =>
    html`<tr><td><a href="${pairPath(i + 1)}">${french.pairTitle(i + 1)}</a></td><td>${french.levelWord[level]}</td><td>${nameOf(a, labels)} ${french.and} ${nameOf(b, labels)}</td><td class="number">${french.percent(share)}</td><td class="number">${rareRuns}</td><td class="number">${french.tokens(longest)}</td></tr>`;
  return html`<div class="scroll"><table>
<thead><tr><th>${columns.pair}</th><th>${columns.level}</th><th>${columns.works}</th><th class="number">${columns.share}</th><th class="number">${columns.rare}</th><th class="number">${columns.longest}</th></tr></thead>
<tbody>
${shown.map(row)}
</tbody>
</table></div>
${left > 0 ? html`<p>${french.weakLeftOut(left)}</p>` : html``}`;
}

const mostFigures = 12;

function clusters({ comparison, labels }: SimilarClass): Html {
  const found = clustersOf(comparison.pairs);
  if (found.length === 0) return html`<p>${french.noCluster}</p>`;
  return html`<div class="figures">${found.slice(0, mostFigures).map((one, i) => clusterFigure(one, i + 1, labels))}</div>`;
}

const mostSentences = 100;

function sentences({ works, labels }: SimilarClass): Html {
  const found = sharedSentences(works).slice(0, mostSentences);
  if (found.length === 0) return html``;
  const item = ({ text, works }: (typeof found)[number]): Html => {
    const names = works.map((work, i) => html`${nameOf(work, labels)}${i < works.length - 1 ? "," : ""}`);
    return html`<li><q>${text}</q> ${names}</li>`;
  };
  return html`<h2>${french.sentencesHeading}</h2>
<p>${french.sentencesIntroduction}</p>
<ul class="sentences">
${found.map(item)}
</ul>`;
}

function common({ works, comparison, labels }: SimilarClass): Html {
  const passages = commonPassages(works, comparison.common);
  if (passages.length === 0) return html``;
  return html`<h2>${french.commonHeading}</h2>
<p>${french.commonIntroduction(comparison.common.limit)}</p>
${passages.map(({ people, excerpts }) => {
  return html`<details><summary>${french.writtenBy(people)}</summary>${excerpts.map((excerpt) => quoted(excerpt, labels))}</details>`;
})}`;
}

const mostTogether = 100;

function aside({ works, comparison, notCompared, labels }: SimilarClass): Html {
  const name = labels.nameOf;
  const items = [
    ...comparison.together.slice(0, mostTogether).map(([a, b]) => html`<li>${french.together(name(a), name(b))}</li>`),
    ...works.filter(({ isCut }) => isCut).map((work) => html`<li>${french.cut(name(work))}</li>`),
    ...notCompared.map(({ student, reason }) => {
      return html`<li>${sentence(french.refused(labels.asideName(student), reason))}</li>`;
    }),
  ];
  if (items.length === 0) return html``;
  return html`<h2>${french.asideHeading}</h2>
<ul>
${items}
</ul>`;
}
