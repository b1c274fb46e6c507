// Everything `retroprop similar` writes, as files to be: the page of the class, one for each pair, a table and JSON.
import { lineOf } from "../report/grades-csv.js";
import type { ReportFile } from "../report/report.js";
import { classPage } from "./class-page.js";
import { clustersOf } from "./clusters.js";
import type { Comparison, Pair } from "./compare.js";
import type { Labels } from "./labels.js";
import { pairPage, pairPath } from "./pair-page.js";
import { sharedSentences } from "./sentences.js";
import type { NotCompared, Work } from "./work.js";

export interface SimilarClass {
  readonly tp: string;
  readonly works: readonly Work[];
  readonly comparison: Comparison;
  readonly notCompared: readonly NotCompared[];
  readonly labels: Labels;
}

export interface SimilarOptions {
  /** Semicolons and decimal commas in pairs.csv. */
  readonly frenchCsv?: boolean;
}

/** One at a time. */
export function* similarFiles(found: SimilarClass, { frenchCsv = false }: SimilarOptions = {}): Generator<ReportFile> {
  const shown = shownPairs(found.comparison.pairs);
  for (const [i, pair] of shown.entries()) {
    yield { path: pairPath(i + 1), content: pairPage(found.tp, pair, i + 1, shown.length, found.labels) };
  }
  yield { path: "index.html", content: classPage(found, shown) };
  yield { path: "pairs.csv", content: pairsCsv(found, shown.length, frenchCsv) };
  if (found.labels.key !== undefined) yield { path: "names.json", content: toJson(found.labels.key) };
  yield { path: "similar.json", content: toJson(results(found, shown.length)) };
}

/** Nobody reads more of them; weak ones only show where the others end. */
const mostPages = 300;
const mostWeak = 20;

function shownPairs(pairs: readonly Pair[]): readonly Pair[] {
  const worth = pairs.filter(({ level }) => level !== "weak").length;
  return pairs.slice(0, Math.min(mostPages, worth + mostWeak));
}

function pairsCsv({ comparison, labels }: SimilarClass, pages: number, french: boolean): string {
  const header = ["a", "b", "reading", "share", "rare_runs", "runs", "longest_run", "with_earlier_year", "page"];
  const rows = comparison.pairs.map(({ a, b, level, share, rareRuns, runs, longest }, i) => [
    labels.nameOf(a),
    labels.nameOf(b),
    level,
    rounded(share),
    rareRuns,
    runs.length,
    longest,
    a.isEarlier || b.isEarlier ? "yes" : "no",
    i < pages ? pairPath(i + 1) : "",
  ]);
  return `${french ? "\ufeff" : ""}${[header, ...rows].map((row) => lineOf(row, { french })).join("")}`;
}

function results({ tp, works, comparison, notCompared, labels }: SimilarClass, pages: number): unknown {
  const name = labels.nameOf;
  const compared = works.map((work) => {
    return { name: name(work), earlier: work.isEarlier, tokens: work.tokens.codes.length };
  });
  return {
    format: 1,
    kind: "retroprop-similar",
    tp,
    compared: compared.sort((x, y) => (x.name < y.name ? -1 : 1)),
    pairs: comparison.pairs.map(({ a, b, level, share, rareRuns, runs, longest }, i) => ({
      a: name(a),
      b: name(b),
      reading: level,
      share: rounded(share),
      rareRuns,
      runs: runs.length,
      longestRun: longest,
      ...(i < pages ? { page: pairPath(i + 1) } : {}),
    })),
    groups: clustersOf(comparison.pairs).map(({ works }) => works.map(name)),
    sentences: sharedSentences(works).map(({ text, works }) => ({ text, writtenBy: works.map(name) })),
    sameTeam: comparison.together.map(([a, b]) => [name(a), name(b)]),
    notCompared: notCompared.map(({ student, reason }) => ({ name: labels.asideName(student), reason })),
  };
}

const rounded = (share: number): number => Math.round(1000 * share) / 1000;

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
