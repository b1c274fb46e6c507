// Which cells show what is true no more: changed since they ran, or what they read has run again since.
import type { AnalysisAnswer } from "../../../analysis-protocol.js";

/** The last run of a cell in the life of this kernel. */
export interface RunOfCell {
  /** 1, 2, … over all cells. */
  readonly order: number;
  readonly source: string;
}

export type Staleness = { readonly kind: "edited" } | { readonly kind: "stale"; readonly names: readonly string[] };

/** Cells that never ran, and those that are as they should be, are not in the answer. */
export function stalenessOf(
  analysis: AnalysisAnswer,
  runs: ReadonlyMap<string, RunOfCell>,
  sources: ReadonlyMap<string, string>,
): Map<string, Staleness> {
  const found = new Map<string, Staleness>();
  // In the notebook's order: a name is read from a cell above, so that its own staleness is known by then.
  for (const { id, reads } of analysis.cells) {
    const run = runs.get(id);
    if (run === undefined) continue;
    const isOutdated = (cell: string) => (runs.get(cell)?.order ?? 0) > run.order || found.get(cell)?.kind === "stale";
    const names = reads
      .filter(({ definedIn }) => definedIn.cell !== id && isOutdated(definedIn.cell))
      .map(({ name }) => name);
    if (sources.has(id) && sources.get(id) !== run.source) found.set(id, { kind: "edited" });
    else if (names.length > 0) found.set(id, { kind: "stale", names: [...new Set(names)] });
  }
  return found;
}
