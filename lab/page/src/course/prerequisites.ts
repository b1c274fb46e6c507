// What must run before a cell can: the cells it reads, and those they read, where they have not run as they are now.
import type { AnalysisAnswer } from "../../../analysis-protocol.js";
import type { RunOfCell } from "./staleness.js";

export interface CodeCellText {
  readonly id: string;
  readonly source: string;
}

/** In the notebook's order, without `wanted` themselves. */
export function prerequisitesOf(
  wanted: readonly string[],
  analysis: AnalysisAnswer | undefined,
  cells: readonly CodeCellText[],
  runs: ReadonlyMap<string, RunOfCell & { readonly succeeded?: boolean | undefined }>,
): string[] {
  const needed = new Set<string>();
  const visit = (id: string) => {
    for (const { definedIn } of analysis?.cells.find((cell) => cell.id === id)?.reads ?? []) {
      if (needed.has(definedIn.cell)) continue;
      needed.add(definedIn.cell);
      visit(definedIn.cell);
    }
  };
  for (const id of wanted) visit(id);
  return cells
    .filter(({ id, source }) => needed.has(id) && !wanted.includes(id) && !hasRunAsItIs(runs.get(id), source))
    .map(({ id }) => id);
}

export const hasRunAsItIs = (
  run: (RunOfCell & { readonly succeeded?: boolean | undefined }) | undefined,
  source: string,
): boolean => run?.source === source && run.succeeded !== false;
